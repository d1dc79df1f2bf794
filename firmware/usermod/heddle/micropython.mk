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

# The search's section is none of firmware's.
CFLAGS_USERMOD += -DHEDDLE_STATE= -DHEDDLE_FUTEX=$(HEDDLE_FUTEX) -I$(HEDDLE_USERMOD)/include -I$(HEDDLE_USERMOD) -I$(HEDDLE_ROOT)/src
ifeq ($(HEDDLE_FUTEX),1)
LDFLAGS_USERMOD += -Wl,--wrap=mp_hal_set_interrupt_char
endif

# As py.mk names them.
HEDDLE_OBJECTS := $(addprefix $(BUILD)/, $(patsubst $(HEDDLE_USERMOD)/%,$(notdir $(HEDDLE_USERMOD))/%, \
	$(HEDDLE_SOURCES_CXX:.cpp=.o) $(HEDDLE_SOURCES_LIB:.cpp=.o)))

# Not every port passes its flags on to C++, and to some compilers they must not be given twice: so these are all that
# our files get. What the port sets after this line counts too: hence the late expansion. The last folder is for
# compilers without a C++ library.
HEDDLE_FLAGS_CXX = $(filter-out -std=% -Wmissing-prototypes -Wold-style-definition -Wstrict-prototypes, $(CFLAGS)) \
	$(CXXFLAGS_MOD) -std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics \
	-fno-unwind-tables -fno-asynchronous-unwind-tables -idirafter $(HEDDLE_ROOT)/firmware/freestanding
# The headers of ports/stm32 say what C++20 has not: `register`, and conversions from `void *` as in C.
ifeq ($(notdir $(CURDIR)),stm32)
HEDDLE_FLAGS_CXX += -Wno-register -Wno-volatile -fpermissive -Wno-error
endif
$(BUILD)/genhdr/qstr.i.last: QSTR_GEN_CXXFLAGS = $(CXXFLAGS_USERMOD) $(HEDDLE_FLAGS_CXX) $(QSTR_GEN_FLAGS)

# Callbacks pass through us. Some ports link with the compiler and others with the linker itself, and no option to wrap
# a function is known to both: MicroPython's own gets the other name instead.
$(HEDDLE_OBJECTS): CXXFLAGS = $(HEDDLE_FLAGS_CXX) -D__wrap_mp_call_function_1_protected=mp_call_function_1_protected
$(BUILD)/py/runtime_utils.o: CFLAGS += -Dmp_call_function_1_protected=__real_mp_call_function_1_protected
# Objects of before a change of these names would still link.
$(HEDDLE_OBJECTS) $(BUILD)/py/runtime_utils.o: $(HEDDLE_USERMOD)/micropython.mk
