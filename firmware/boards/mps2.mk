# What ARM's MPS2 boards have in common.
include $(BOARD_DIR)/../cortex_m.mk
CFLAGS += -DQEMU_SOC_MPS2 -DHEDDLE_CPU_HZ=25000000 -DHEDDLE_CLOCK_HZ=25000000
LDSCRIPT = $(BOARD_DIR)/../ram.ld
MICROPY_HEAP_SIZE ?= 524288
SRC_BOARD_O = shared/runtime/gchelper_native.o shared/runtime/gchelper_thumb2.o
HEDDLE_ALARM = cmsdk
