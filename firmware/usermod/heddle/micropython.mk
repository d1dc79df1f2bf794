# The modules `mutex` and, where the port has threads, `_thread`, for ports that are built by make.
# docs/firmware.md has the commands.

HEDDLE_USERMOD := $(USERMOD_DIR)
HEDDLE_ROOT := $(abspath $(HEDDLE_USERMOD)/../../..)

HEDDLE_SOURCES_CXX := \
	$(addprefix $(HEDDLE_ROOT)/src/mpy/, mutex_module.cpp wait.cpp events.cpp lock.cpp thread_module.cpp) \
	$(addprefix $(HEDDLE_USERMOD)/, atomic_section.cpp one_thread.cpp threads.cpp linux.cpp port_thread.cpp \
		port_threads.cpp)
HEDDLE_SOURCES_C := $(addprefix $(HEDDLE_ROOT)/src/mpy/, mutex_tables.c thread_tables.c)

# The unix port's threads park on futexes, where the system has them. HEDDLE_FUTEX=0 takes the way of all other ports.
HEDDLE_FUTEX ?= $(if $(filter unix,$(notdir $(CURDIR))),$(if $(filter Linux,$(shell uname -s)),1,0),0)
HEDDLE_SOURCES_LIB := $(if $(filter 1,$(HEDDLE_FUTEX)),$(HEDDLE_ROOT)/src/port/linux/linux_port.cpp)

SRC_USERMOD_CXX += $(HEDDLE_SOURCES_CXX)
SRC_USERMOD_LIB_CXX += $(HEDDLE_SOURCES_LIB)
SRC_USERMOD_C += $(HEDDLE_SOURCES_C)

# The search's section is none of firmware's. The last folder is for compilers without a C++ library.
CFLAGS_USERMOD += -DHEDDLE_STATE= -DHEDDLE_FUTEX=$(HEDDLE_FUTEX) -I$(HEDDLE_USERMOD)/include -I$(HEDDLE_USERMOD) -I$(HEDDLE_ROOT)/src
CXXFLAGS_USERMOD += -idirafter $(HEDDLE_ROOT)/firmware/freestanding
LDFLAGS_USERMOD += -Wl,--wrap=mp_call_function_1_protected
ifeq ($(HEDDLE_FUTEX),1)
LDFLAGS_USERMOD += -Wl,--wrap=mp_hal_set_interrupt_char
endif

# As py.mk names them.
HEDDLE_OBJECTS := $(addprefix $(BUILD)/, \
	$(patsubst $(USER_C_MODULES)/%,%,$(HEDDLE_SOURCES_CXX:.cpp=.o) $(HEDDLE_SOURCES_LIB:.cpp=.o)))

# Not every port passes its flags on to C++. What it sets after this line counts too: hence the late expansion.
HEDDLE_FLAGS_CXX = $(filter-out -std=% -Wmissing-prototypes -Wold-style-definition -Wstrict-prototypes, $(CFLAGS)) \
	-std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics -fno-unwind-tables -fno-asynchronous-unwind-tables
# The headers of ports/stm32 say what C++20 has not: `register`, and conversions from `void *` as in C.
ifeq ($(notdir $(CURDIR)),stm32)
HEDDLE_FLAGS_CXX += -Wno-register -Wno-volatile -fpermissive -Wno-error
endif
$(HEDDLE_OBJECTS): CXXFLAGS += $(HEDDLE_FLAGS_CXX)
$(BUILD)/genhdr/qstr.i.last: QSTR_GEN_CXXFLAGS += $(HEDDLE_FLAGS_CXX)
