#include "mpy/wait.hpp"

namespace heddle::mpy {

namespace {

/// As the text of a RuntimeError; null if the caller may wait.
const char* reason_not_to_wait() noexcept {
    return Platform::in_interrupt() ? "would wait for ever in an interrupt handler"
                                    : heddle_reason_not_to_switch();
}

}  // namespace

bool wait_for(RawLock& lock, port::Instant deadline) {
    if (const char* reason = reason_not_to_wait(); reason != nullptr) {
        mp_raise_msg(&mp_type_RuntimeError, reason);
    }
    for (;;) {
        // Raised here, while nothing is queued yet.
        handle_events_or_raise();
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
