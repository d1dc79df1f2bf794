# What all boards with a Cortex-M have in common.
include $(BOARD_DIR)/../common.mk
QEMU_ARCH = arm
HEDDLE_CORE = cortex_m
CFLAGS += -mthumb
