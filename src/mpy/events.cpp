#include "mpy/events.hpp"

#include "heddle_platform.hpp"
#include "mpy/micropython.hpp"

namespace heddle::mpy {
namespace {

bool has_exception() noexcept { return MP_STATE_THREAD(mp_pending_exception) != MP_OBJ_NULL; }

/// One callback. An exception that becomes pending meanwhile is pending after it.
void run_callback() noexcept {
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        mp_handle_pending(HEDDLE_PENDING_RAISE);
        nlr_pop();
    } else {
        MP_STATE_THREAD(mp_pending_exception) = MP_OBJ_FROM_PTR(jump.ret_val);
    }
}

}  // namespace

bool handle_events() noexcept {
    // Callbacks in C have a queue of their own: then Python's may be empty.
    unsigned queued = HEDDLE_QUEUED_CALLBACKS();
    do {
        if (!HEDDLE_HAS_CALLBACKS() || has_exception()) {
            break;
        }
        run_callback();
    } while (queued-- > 1);
    if (HEDDLE_HAS_CALLBACKS()) {
        Platform::interrupt_own_wait();
    }
    return !has_exception();
}

void handle_events_or_raise() {
    if (!handle_events()) {
        mp_handle_pending(HEDDLE_PENDING_RAISE);
    }
}

}  // namespace heddle::mpy
