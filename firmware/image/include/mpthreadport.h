// MicroPython's view of threads: the interpreter lock is a word, and a thread's state follows it through
// every switch.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "thread/slice.h"

#ifdef __cplusplus
extern "C" {
#endif

// There is one: the interpreter lock.
typedef struct {
    uintptr_t word;
} mp_thread_mutex_t;
typedef mp_thread_mutex_t
    mp_thread_recursive_mutex_t;  // named by newer versions, used by none with an interpreter lock

struct _mp_state_thread_t;

// Inline, since every access to a thread's state passes here.
static inline struct _mp_state_thread_t* mp_thread_get_state(void) {
    return (struct _mp_state_thread_t*)heddle_thread_local;
}

static inline void mp_thread_set_state(struct _mp_state_thread_t* state) { heddle_thread_local = state; }

#ifdef __cplusplus
}
#endif
