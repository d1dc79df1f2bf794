# The devices of an image. HEDDLE_ALARM is the one of alarms/ that the board has.
HEDDLE_DEVICES_DIR := $(HEDDLE_DIR)/firmware/devices

SRC_USERMOD_C += $(addprefix $(HEDDLE_SRC_DIR)/mpy/, machine_function_tables.c machine_timer_tables.c)
SRC_USERMOD_CXX += $(addprefix $(HEDDLE_SRC_DIR)/mpy/, \
	board_statistics.cpp \
	handlers.cpp \
	machine_functions.cpp \
	machine_timer.cpp)
SRC_USERMOD_C += $(addprefix $(HEDDLE_DEVICES_DIR)/, heddle_tables.c machine_tables.c)
SRC_USERMOD_CXX += $(addprefix $(HEDDLE_DEVICES_DIR)/, callbacks.cpp handler_mode.cpp machine_module.cpp)
SRC_USERMOD_LIB_CXX += $(addprefix $(HEDDLE_DEVICES_DIR)/, lines.cpp timers.cpp alarms/$(HEDDLE_ALARM).cpp)

# Exceptions of handlers have no other memory.
CFLAGS_USERMOD += -DMICROPY_EMERGENCY_EXCEPTION_BUF_SIZE=256
# As boards have it whose Python interface this is.
CFLAGS_USERMOD += -DMICROPY_SCHEDULER_DEPTH=8
# For `import heddle.board`.
CFLAGS_USERMOD += -DMICROPY_MODULE_BUILTIN_SUBPACKAGES=1
CFLAGS_USERMOD += -I$(HEDDLE_DIR)/firmware -DHEDDLE_BOARD_NAME='"$(QEMU_MACHINE)"'
