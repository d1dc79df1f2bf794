#include "mpy/wait.hpp"

// Without threads nobody queues for a lock: such a platform has a wait of its own.
#if MICROPY_PY_THREAD

namespace heddle::mpy {
namespace {

void check_may_wait() {
    if (const char* reason = Platform::reason_not_to_switch(); reason != nullptr) {
        mp_raise_msg_varg(&mp_type_RuntimeError, MP_ERROR_TEXT("%s"), reason);
    }
}

}  // namespace

bool wait_for(RawLock& lock, port::Instant deadline) {
    check_may_wait();
    for (;;) {
        // Raised here, while nothing is queued yet.
        handle_events_or_raise();
        switch (lock.lock_until<Platform>(deadline, handle_events)) {
            case sync::LockResult::taken:
                return true;
            case sync::LockResult::timed_out:
                return false;
            case sync::LockResult::interrupted:
                break;
        }
    }
}

}  // namespace heddle::mpy

#endif  // MICROPY_PY_THREAD
