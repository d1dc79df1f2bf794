# How this board is emulated, one value a line, for make and for whoever builds or runs the image.
# MicroPython's qemu port gives it more memory than a real one has: 1 MiB of flash and 256 KiB of RAM.
DESCRIPTION = Cortex-M0 at 16 MHz (BBC micro:bit)
CROSS_COMPILE = arm-none-eabi-
COMPILER = arm-none-eabi-g++
EMULATOR = qemu-system-arm
EMULATOR_OPTIONS = -machine microbit -global nrf51-soc.flash-size=1048576 -global nrf51-soc.sram-size=262144
# Memory that the image leaves to a script: firmware/image/script.hpp.
SCRIPT_ADDRESS = 0x80000
SCRIPT_ROOM = 524288
