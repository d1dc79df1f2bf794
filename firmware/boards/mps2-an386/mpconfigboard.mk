# ARM's MPS2 board with the Cortex-M4 of application note 386 and its floating-point unit.
include $(BOARD_DIR)/../mps2.mk
CFLAGS += -mcpu=cortex-m4 -mfloat-abi=hard -mfpu=fpv4-sp-d16 -DMICROPY_HW_MCU_NAME='"Cortex-M4"'
MPY_CROSS_FLAGS += -march=armv7emsp
