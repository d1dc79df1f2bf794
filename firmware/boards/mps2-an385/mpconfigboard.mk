# ARM's MPS2 board with the Cortex-M3 of application note 385.
include $(BOARD_DIR)/../mps2.mk
CFLAGS += -mcpu=cortex-m3 -mfloat-abi=soft -DMICROPY_HW_MCU_NAME='"Cortex-M3"'
MPY_CROSS_FLAGS += -march=armv7m
