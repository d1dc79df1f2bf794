#include "mpy/events.hpp"

#include "mpy/micropython.hpp"

namespace heddle::mpy {

bool handle_events() noexcept {
    while (MP_STATE_THREAD(mp_pending_exception) == MP_OBJ_NULL &&
           MP_STATE_VM(sched_state) == MP_SCHED_PENDING) {
        mp_handle_pending(HEDDLE_PENDING_CLEAR);
    }
    return MP_STATE_THREAD(mp_pending_exception) == MP_OBJ_NULL;
}

}  // namespace heddle::mpy
