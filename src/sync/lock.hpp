// Lock: what C++ programs use where they would use std::timed_mutex.
#pragma once

#include <chrono>

#include "base/assert.hpp"
#include "sync/raw_lock.hpp"

namespace heddle::sync {

/// A fair lock with timeouts, of one word. Meets TimedLockable: works with std::scoped_lock, std::unique_lock
/// and std::lock.
///
/// | method           | thread | interrupt handler | may wait |
/// |------------------|--------|-------------------|----------|
/// | lock             | yes    | no                | yes      |
/// | try_lock_for     | yes    | no                | yes      |
/// | try_lock_until   | yes    | no                | yes      |
/// | try_lock         | yes    | yes               | no       |
/// | unlock           | yes    | yes               | no       |
/// | is_locked        | yes    | yes               | no       |
///
/// Not recursive. Any context may unlock what another one locked. Destroy it only while nobody holds or wants
/// it.
template <port::Port P>
class Lock {
  public:
    /// Waits without bound.
    void lock() noexcept { raw_.lock(); }

    [[nodiscard]] bool try_lock() noexcept { return raw_.try_lock(); }

    /// Waits at most `timeout`; false when it passed. Never early. Zero or less is one try.
    template <class Rep, class Period>
    [[nodiscard]] bool try_lock_for(const std::chrono::duration<Rep, Period>& timeout) noexcept {
        if (raw_.try_lock()) {
            return true;
        }
        if (timeout <= timeout.zero()) {
            return false;
        }
        return raw_.lock_until(port::deadline_after(P::now(), nanoseconds(timeout))) == LockResult::taken;
    }

    /// Waits until `time` of the steady clock; false when it passed.
    template <class Duration>
    [[nodiscard]] bool try_lock_until(
        const std::chrono::time_point<std::chrono::steady_clock, Duration>& time) noexcept {
        return try_lock_for(time - std::chrono::steady_clock::now());
    }

    /// Precondition: it is locked.
    void unlock() noexcept { require(raw_.try_unlock(), "unlock of a Lock that is not locked"); }

    [[nodiscard]] bool is_locked() const noexcept { return raw_.is_locked(); }

  private:
    /// Rounded up, so that a wait is never early; kForever where nanoseconds cannot say it.
    template <class Rep, class Period>
    static std::int64_t nanoseconds(const std::chrono::duration<Rep, Period>& timeout) noexcept {
        using Wide = std::chrono::duration<long double>;
        if (Wide(timeout) >= Wide(std::chrono::nanoseconds::max())) {
            return kForever;
        }
        return std::chrono::ceil<std::chrono::nanoseconds>(timeout).count();
    }

    RawLock<P> raw_;
};

}  // namespace heddle::sync
