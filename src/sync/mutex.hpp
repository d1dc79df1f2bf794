// Mutex: mutual exclusion between threads and interrupt handlers.
#pragma once

#include "base/assert.hpp"
#include "sync/raw_lock.hpp"

namespace heddle::sync {

/// One word. Handlers try and let go, threads may wait. Meets Lockable.
///
/// | method     | thread | interrupt handler | may wait |
/// |------------|--------|-------------------|----------|
/// | lock       | yes    | no                | yes      |
/// | try_lock   | yes    | yes               | no       |
/// | unlock     | yes    | yes               | no       |
/// | try_unlock | yes    | yes               | no       |
/// | is_locked  | yes    | yes               | no       |
///
/// Fair between threads; not recursive. What happened before unlock() is seen after the lock() or try_lock()
/// that takes it next, on every core.
template <port::Port P>
class Mutex {
  public:
    /// Waits without bound; the waiter sleeps. In an interrupt handler it could never end: a handler uses
    /// try_lock().
    void lock() noexcept {
        if (!raw_.try_lock()) {
            require(!P::in_interrupt(), "lock() of a held Mutex in an interrupt handler would wait for ever");
            raw_.lock();
        }
    }

    [[nodiscard]] bool try_lock() noexcept { return raw_.try_lock(); }

    /// Precondition: it is locked.
    void unlock() noexcept { require(raw_.try_unlock(), "unlock of a Mutex that is not locked"); }

    /// unlock(), or false if it is not locked.
    [[nodiscard]] bool try_unlock() noexcept { return raw_.try_unlock(); }

    [[nodiscard]] bool is_locked() const noexcept { return raw_.is_locked(); }

  private:
    RawLock<P> raw_;
};

}  // namespace heddle::sync
