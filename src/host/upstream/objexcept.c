// py/objexcept.c with the emergency exception and its buffer a thread's own: a thread that another one
// interrupts must find what it raised.
#include <stdarg.h>

#include "mpy/thread_state.h"
#include "py/mpconfig.h"
#include "py/objexcept.h"
#include "py/runtime.h"

static heddle_emergency_t* emergency(void) {
    mp_state_thread_t* state = mp_thread_get_state();
    if (state == &mp_state_ctx.thread) {
        return (heddle_emergency_t*)&mp_state_ctx.vm.mp_emergency_exception_obj;
    }
    return &((heddle_thread_state_t*)state)->emergency;
}

#undef MP_STATE_VM
#define MP_STATE_VM(member) HEDDLE_STATE_##member
#define HEDDLE_STATE_mp_emergency_exception_obj (emergency()->exception)
#define HEDDLE_STATE_mp_emergency_exception_buf (emergency()->buffer)

#include "py/objexcept.c"
