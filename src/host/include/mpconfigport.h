// MicroPython's configuration: its unix port's, with mpconfigvariant.h's differences.
#pragma once

#include "ports/unix/mpconfigport.h"

#undef MICROPY_UNIX_MACHINE_IDLE
#define MICROPY_UNIX_MACHINE_IDLE heddle_machine_idle();

void heddle_machine_idle(void);
