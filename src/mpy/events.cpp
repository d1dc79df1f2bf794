#include "mpy/events.hpp"

#include "mpy/micropython.hpp"
#include "thread/scheduler.hpp"

namespace heddle::mpy {
namespace {

bool has_callbacks() noexcept { return MP_STATE_VM(sched_state) == MP_SCHED_PENDING; }

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
    for (auto queued = mp_sched_num_pending(); queued > 0 && has_callbacks() && !has_exception(); --queued) {
        run_callback();
    }
    if (has_callbacks()) {
        thread::interrupt_own_wait();
    }
    return !has_exception();
}

void handle_events_or_raise() {
    if (!handle_events()) {
        mp_handle_pending(HEDDLE_PENDING_RAISE);
    }
}

}  // namespace heddle::mpy
