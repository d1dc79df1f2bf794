# What all boards have in common. MicroPython's qemu port includes a board's mpconfigboard.mk before its own rules.
HEDDLE_DIR := $(realpath $(BOARD_DIR)/../../..)
USER_C_MODULES := $(HEDDLE_DIR)
FROZEN_MANIFEST ?=

include $(BOARD_DIR)/emulator.mk
QEMU_MACHINE = $(notdir $(realpath $(BOARD_DIR)))

# Before the port's own folders, for its mpthreadport.h is ours.
CFLAGS += -I$(HEDDLE_DIR)/firmware/image/include
CFLAGS += -DMP_CONFIGFILE='"heddle_config.h"'
# For debuggers; takes no flash.
CFLAGS += -g
