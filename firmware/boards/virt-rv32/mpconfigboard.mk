# QEMU's `virt` board with a 32-bit RISC-V core.
include $(BOARD_DIR)/../common.mk
QEMU_ARCH = riscv32
HEDDLE_CORE = rv32
# Debian's assembler and compiler disagree about what `imac` contains, unless both are told.
RV32_ARCH = rv32imac
AFLAGS += -misa-spec=2.2
CFLAGS += -DQEMU_SOC_VIRT -DHEDDLE_TIMER_HZ=10000000 -DMICROPY_HW_MCU_NAME='"rv32imac"'
LDSCRIPT = $(BOARD_DIR)/../virt.ld
MICROPY_HEAP_SIZE ?= 524288
SRC_BOARD_O += shared/runtime/gchelper_native.o shared/runtime/gchelper_rv32i.o
MPY_CROSS_FLAGS += -march=rv32imc
# Debian has no C++ library for this core.
HEDDLE_CXX_INCLUDES = $(HEDDLE_DIR)/firmware/freestanding
# Registers are saved by calls, as small as on the other boards.
HEDDLE_CXXFLAGS = -msave-restore
HEDDLE_ALARM = clint
