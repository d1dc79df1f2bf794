// What MicroPython's versions, from 1.24 on, and its configurations call differently or lack.
#pragma once

#include "py/mpconfig.h"
#include "py/mpstate.h"
#include "py/runtime.h"

#if MICROPY_VERSION_MINOR >= 28
typedef uint8_t heddle_random_byte_t;
#else
typedef void heddle_random_byte_t;
#endif

// 1.27 made an enumeration of the bool, which C++ does not convert.
#if MICROPY_VERSION_MINOR >= 27
typedef mp_handle_pending_behaviour_t heddle_pending_t;
#define HEDDLE_PENDING_RAISE MP_HANDLE_PENDING_CALLBACKS_AND_EXCEPTIONS
#define HEDDLE_PENDING_CLEAR MP_HANDLE_PENDING_CALLBACKS_AND_CLEAR_EXCEPTIONS
#else
typedef bool heddle_pending_t;
#define HEDDLE_PENDING_RAISE true
#define HEDDLE_PENDING_CLEAR false
#endif

#if MICROPY_VERSION_MINOR >= 29
#define HEDDLE_VERBOSE_FLAG MP_STATE_VM(mp_verbose_flag)
#else
#define HEDDLE_VERBOSE_FLAG mp_verbose_flag
#endif

// Callbacks of Python in the scheduler's queue; does it keep all back, as it does in a handler and in a
// callback; are there any, of Python or C, that this thread may run?
#if !MICROPY_ENABLE_SCHEDULER
#define HEDDLE_QUEUED_CALLBACKS() (0)
#define HEDDLE_SCHEDULER_IS_LOCKED() (false)
#define HEDDLE_HAS_CALLBACKS() (false)
#else
#define HEDDLE_QUEUED_CALLBACKS() mp_sched_num_pending()
// Not read as volatile, which costs instructions: whatever interrupts the reader leaves it as it was.
#define HEDDLE_SCHEDULER_IS_LOCKED() (*(const int16_t*)&MP_STATE_VM(sched_state) <= MP_SCHED_LOCKED)
#if defined(HEDDLE_HAS_CALLBACKS)
// The port's own.
#elif MICROPY_PY_THREAD && !MICROPY_PY_THREAD_GIL
#define HEDDLE_HAS_CALLBACKS() (MP_STATE_VM(sched_state) == MP_SCHED_PENDING && mp_thread_is_main_thread())
#else
#define HEDDLE_HAS_CALLBACKS() (MP_STATE_VM(sched_state) == MP_SCHED_PENDING)
#endif
#endif
