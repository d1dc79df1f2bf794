// The Python frame that runs.
#pragma once

#include "py/mpconfig.h"

// HEDDLE_RUNNING_FRAME(): the running thread's innermost `const mp_code_state_t*`, null if none runs; in a
// handler, its own. For threads and handlers. A build that knows it otherwise than by MicroPython's settrace
// defines it in its configuration; without either it is undefined, and nobody knows.
#if !defined(HEDDLE_RUNNING_FRAME) && MICROPY_PY_SYS_SETTRACE
#define HEDDLE_RUNNING_FRAME() MP_STATE_THREAD(current_code_state)
#endif
