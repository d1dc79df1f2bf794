// MicroPython's unix port with an interpreter lock, as boards have one.
#define MICROPY_CONFIG_ROM_LEVEL (MICROPY_CONFIG_ROM_LEVEL_EXTRA_FEATURES)

#include "variants/mpconfigvariant_common.h"

// A KeyboardInterrupt that is raised out of a signal handler and an interpreter lock exclude each other.
#undef MICROPY_ASYNC_KBD_INTR
#define MICROPY_ASYNC_KBD_INTR (0)

// The port's atomic section is one. In the words of those versions of the port that say so themselves.
#define MICROPY_PY_THREAD_RECURSIVE_MUTEX (MICROPY_PY_THREAD)
