# How this board is emulated, one value a line, for make and for whoever builds or runs the image.
DESCRIPTION = Cortex-M3 at 25 MHz (ARM MPS2)
CROSS_COMPILE = arm-none-eabi-
COMPILER = arm-none-eabi-g++
EMULATOR = qemu-system-arm
EMULATOR_OPTIONS = -machine mps2-an385
# Memory that the image leaves to a script: firmware/image/script.hpp.
SCRIPT_ADDRESS = 0x21000000
SCRIPT_ROOM = 16777216
