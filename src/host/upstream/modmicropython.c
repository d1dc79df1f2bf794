// py/modmicropython.c with alloc_emergency_exception_buf(), which boards have. Each thread has such a buffer
// from the start.
#include "py/mpconfig.h"
#include "py/runtime.h"

#undef MICROPY_EMERGENCY_EXCEPTION_BUF_SIZE
#define MICROPY_EMERGENCY_EXCEPTION_BUF_SIZE 0
#define mp_alloc_emergency_exception_buf heddle_alloc_emergency_exception_buf

#ifndef NO_QSTR
static mp_obj_t heddle_alloc_emergency_exception_buf(mp_obj_t size) {
    mp_obj_get_int(size);
    return mp_const_none;
}
#endif

#include "py/modmicropython.c"
