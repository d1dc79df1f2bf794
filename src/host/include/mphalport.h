// What the files that come from MicroPython's unix port expect of its hardware layer.
#pragma once

#include <errno.h>
#include <unistd.h>

#include "mpy/versions.h"
#include "py/misc.h"
#include "py/mpconfig.h"

#ifndef CHAR_CTRL_C
#define CHAR_CTRL_C (3)
#endif

#ifdef __cplusplus
extern "C" {
#endif

void mp_hal_set_interrupt_char(char c);
void mp_hal_stdio_mode_raw(void);
void mp_hal_stdio_mode_orig(void);
int mp_hal_readline(vstr_t* line, const char* prompt);
void mp_hal_delay_us(mp_uint_t us);

// Waits for an event for at most so many milliseconds; a negative number: without bound.
void heddle_wait_for_event(mp_int_t timeout_ms);

#ifdef __cplusplus
}
#endif

#define mp_hal_stdio_poll unused  // stdin is a file here
#define mp_hal_readline mp_hal_readline
#define mp_hal_ticks_cpu() 0

#define MICROPY_INTERNAL_WFE(timeout_ms) heddle_wait_for_event((mp_int_t)(timeout_ms))

// Repeats a system call that a signal interrupted (PEP 475), without the interpreter lock around it.
#define MP_HAL_RETRY_SYSCALL(ret, syscall, raise) \
    for (;;) {                                    \
        MP_THREAD_GIL_EXIT();                     \
        ret = syscall;                            \
        MP_THREAD_GIL_ENTER();                    \
        if (ret != -1) {                          \
            break;                                \
        }                                         \
        int err = errno;                          \
        if (err != EINTR) {                       \
            raise;                                \
            break;                                \
        }                                         \
        mp_handle_pending(HEDDLE_PENDING_RAISE);  \
    }

#define RAISE_ERRNO(err_flag, error_val) \
    {                                    \
        if (err_flag == -1) {            \
            mp_raise_OSError(error_val); \
        }                                \
    }
