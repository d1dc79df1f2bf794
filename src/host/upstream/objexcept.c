// py/objexcept.c with the emergency exception and its buffer a thread's own, and a hard handler's: who is
// interrupted must find what it raised.
#include <stdarg.h>

#include "host/upstream/hold.h"
#include "mpy/thread_state.h"
#include "py/gc.h"
#include "py/mpconfig.h"
#include "py/objexcept.h"
#include "py/runtime.h"

// Those of handlers, by how many are within each other; deeper ones share the last. A root's definition knows
// no names: LEVELS * WORDS.
#define LEVELS 4
#define WORDS 48
MP_REGISTER_ROOT_POINTER(void* heddle_handler_emergencies[4 * 48]);
_Static_assert(sizeof(heddle_emergency_t) <= WORDS * sizeof(void*),
               "a handler's emergency exception has room");

static heddle_emergency_t* of_handler(int level) {
    return (heddle_emergency_t*)&MP_STATE_VM(heddle_handler_emergencies)[WORDS * (level - 1)];
}

static heddle_emergency_t* emergency(void) {
    int handlers = heddle_hard_handlers();
    if (handlers != 0) {
        return of_handler(handlers < LEVELS ? handlers : LEVELS);
    }
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

// A traceback that lies in such a buffer, for want of heap, grows no more.
#define m_realloc_maybe(memory, ...) (gc_nbytes(memory) == 0 ? NULL : m_realloc_maybe(memory, __VA_ARGS__))

#include "py/objexcept.c"
