# The BBC micro:bit with its nRF51 and Cortex-M0, which has no instructions to exchange words.
include $(BOARD_DIR)/../cortex_m.mk
CFLAGS += -mcpu=cortex-m0 -mfloat-abi=soft -DQEMU_SOC_NRF51 -DMICROPY_HW_MCU_NAME='"nRF51"'
CFLAGS += -DHEDDLE_CPU_HZ=16000000 -DHEDDLE_CLOCK_HZ=1000000
LDSCRIPT = $(BOARD_DIR)/../flash.ld
MICROPY_HEAP_SIZE ?= 196608
HEDDLE_HANDLER_STACK_BYTES = 6144
SRC_BOARD_O = shared/runtime/gchelper_native.o shared/runtime/gchelper_thumb1.o
MPY_CROSS_FLAGS += -march=armv7m
HEDDLE_ALARM = nrf51
