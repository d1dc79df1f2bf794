#include "mpy/wait.hpp"

namespace heddle::mpy {

const char* reason_not_to_wait() noexcept {
    if (Platform::in_interrupt()) {
        return "would wait for ever in an interrupt handler";
    }
    if (heddle_is_collecting()) {
        return "can't wait for a lock in a finaliser";
    }
    return nullptr;
}

bool wait_for(RawLock& lock, port::Instant deadline) {
    if (const char* reason = reason_not_to_wait(); reason != nullptr) {
        mp_raise_msg(&mp_type_RuntimeError, reason);
    }
    for (;;) {
        // Raised here, while nothing is queued yet.
        mp_handle_pending(HEDDLE_PENDING_RAISE);
        switch (lock.lock_until(deadline, handle_events)) {
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
