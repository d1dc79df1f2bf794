// MicroPython's view of threads: the interpreter lock is the run token, and a thread's state follows its
// fiber.
#pragma once

#include "thread/slice.h"

#ifdef __cplusplus
extern "C" {
#endif

// There is one: the interpreter lock. It has no state of its own.
typedef int mp_thread_mutex_t;
typedef int mp_thread_recursive_mutex_t;  // named by newer versions, used by none with an interpreter lock

struct _mp_state_thread_t;

// Inline, since every access to a thread's state passes here.
static inline struct _mp_state_thread_t* mp_thread_get_state(void) {
    return (struct _mp_state_thread_t*)heddle_thread_local;
}

static inline void mp_thread_set_state(struct _mp_state_thread_t* state) { heddle_thread_local = state; }

#ifdef __cplusplus
}
#endif
