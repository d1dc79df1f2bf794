// What every Python thread has of its own.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/mpstate.h"
#include "py/objexcept.h"

// An exception that there is no memory for, and its details; laid out as in mp_state_vm_t.
typedef struct _heddle_emergency_t {
    mp_obj_exception_t exception;
    mp_obj_t buffer[MICROPY_EMERGENCY_EXCEPTION_BUF_SIZE / sizeof(mp_obj_t)];
} heddle_emergency_t;

// Lies on the thread's stack, where the collector finds it.
typedef struct _heddle_thread_state_t {
    mp_state_thread_t state;
    heddle_emergency_t emergency;
} heddle_thread_state_t;

#ifdef __cplusplus
}
#endif
