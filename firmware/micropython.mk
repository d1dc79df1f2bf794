# An image's part that is Heddle, as a user C module of MicroPython's qemu port. firmware/boards/ sets what is used
# here.
HEDDLE_IMAGE_DIR := $(USERMOD_DIR)/image
HEDDLE_SRC_DIR := $(HEDDLE_DIR)/src

# Those that name modules, types or strings of MicroPython.
SRC_USERMOD_C += $(addprefix $(HEDDLE_SRC_DIR)/mpy/, mutex_tables.c thread_tables.c)
SRC_USERMOD_CXX += $(addprefix $(HEDDLE_SRC_DIR)/mpy/, \
	events.cpp \
	holder.cpp \
	lock.cpp \
	mutex_module.cpp \
	source_place.cpp \
	thread_module.cpp \
	wait.cpp)
SRC_USERMOD_CXX += $(addprefix $(HEDDLE_IMAGE_DIR)/, containers.cpp hal.cpp kernel.cpp script.cpp threads.cpp)

SRC_USERMOD_LIB_CXX += $(HEDDLE_IMAGE_DIR)/$(HEDDLE_CORE)/core.cpp
SRC_USERMOD_LIB_CXX += $(HEDDLE_SRC_DIR)/port/$(HEDDLE_CORE)/$(HEDDLE_CORE)_core.cpp

-include $(USERMOD_DIR)/devices/devices.mk

HEDDLE_HANDLER_STACK_BYTES ?= 8192

CFLAGS_USERMOD += -I$(HEDDLE_SRC_DIR) -I$(HEDDLE_IMAGE_DIR) -I$(HEDDLE_IMAGE_DIR)/$(HEDDLE_CORE)
CXXFLAGS_USERMOD += $(HEDDLE_CXXFLAGS) $(addprefix -isystem , $(HEDDLE_CXX_INCLUDES))
CFLAGS_USERMOD += -DHEDDLE_STATE= -DHEDDLE_HANDLER_STACK_BYTES=$(HEDDLE_HANDLER_STACK_BYTES)
CFLAGS_USERMOD += -DHEDDLE_SCRIPT_ADDRESS=$(SCRIPT_ADDRESS) -DHEDDLE_SCRIPT_ROOM=$(SCRIPT_ROOM)

# Up to 1.28 the port has none of its own, and nothing may come twice. Set late: its CFLAGS are not complete yet.
override CXXFLAGS = $(filter-out -std=gnu99,$(CFLAGS)) -std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics \
	-fno-unwind-tables -fno-asynchronous-unwind-tables $(CXXFLAGS_USERMOD)

# Since 1.29 the port links with the linker itself, before that with the compiler.
HEDDLE_COMMA := ,
HEDDLE_LINKER := $(if $(shell grep --fixed-strings '$$(LD) $$(LDFLAGS)' Makefile),,-Wl$(HEDDLE_COMMA))
# Where MicroPython's flow passes through us.
LDFLAGS_USERMOD += $(addprefix $(HEDDLE_LINKER)--wrap=, \
	gc_helper_collect_regs_and_stack gc_sweep_all mp_call_function_1_protected mp_hal_stdin_rx_chr mp_execute_bytecode \
	pyexec_friendly_repl mp_call_method_self_n_kw mp_obj_equal mp_unary_op)

# Files of MicroPython's that come in through one of ours, which redefines some of their names.
define HEDDLE_REPLACE
$$(BUILD)/py/$(basename $(notdir $(1))).o: $(1)
	$$(call compile_c)
endef
.DEFAULT_GOAL := all
$(foreach file, $(addprefix $(HEDDLE_SRC_DIR)/host/upstream/, obj.c objlist.c objtype.c) \
	$(HEDDLE_IMAGE_DIR)/upstream/compile.c, $(eval $(call HEDDLE_REPLACE,$(file))))
$(BUILD)/py/vm.o: CFLAGS += -Dmp_binary_op=heddle_binary_op_of_program

# Since 1.27 the port has a clock of its own.
$(BUILD)/mphalport.o: CFLAGS += $(foreach name, delay_ms delay_us ticks_cpu ticks_ms ticks_us, \
	-Dmp_hal_$(name)=mp_hal_$(name)_of_port)
