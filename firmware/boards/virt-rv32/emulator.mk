# How this board is emulated, one value a line, for make and for whoever builds or runs the image.
DESCRIPTION = RV32IMAC (QEMU virt)
CROSS_COMPILE = riscv64-unknown-elf-
COMPILER = riscv64-unknown-elf-g++
EMULATOR = qemu-system-riscv32
EMULATOR_OPTIONS = -machine virt -bios none
# Memory that the image leaves to a script: firmware/image/script.hpp.
SCRIPT_ADDRESS = 0x81000000
SCRIPT_ROOM = 16777216
