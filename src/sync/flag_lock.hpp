// A lock between one thread and its interrupt handlers: nobody queues for it.
#pragma once

#include <cstdint>

namespace heddle::sync {

/// One word, of port/generic/word.hpp. For one core that runs one thread and handlers, which nest: each has
/// ended before what it interrupted goes on. The thread waits by sleeping until something has happened and
/// trying again.
///
///   value     | meaning
///   ----------|---------
///   0         | held
///   else      | free
///
/// Everything may be called from interrupt handlers, waits for nothing, and takes a bounded number of
/// instructions.
template <class Word>
class FlagLock {
  public:
    FlagLock() noexcept : word_(free_mark()) {}
    FlagLock(const FlagLock&) = delete;
    FlagLock& operator=(const FlagLock&) = delete;

    // Fewer instructions than a call, whatever a compiler thinks that saves space.
    [[nodiscard, gnu::always_inline]] bool try_lock() noexcept {
        return word_.exchange_acquire(kHeld) != kHeld;
    }

    /// False, and nothing changed, if it was free. Of two releases, one of which interrupts the other, both
    /// may say true: no exchange is needed, since a handler that takes the lock in between has let go of it,
    /// or keeps it as if the release had come after.
    bool try_unlock() noexcept {
        if (word_.load_acquire() != kHeld) [[unlikely]] {
            return false;
        }
        word_.store_release(free_mark());
        return true;
    }

    [[nodiscard]] bool is_locked() const noexcept { return word_.load_acquire() == kHeld; }

  private:
    static constexpr std::uintptr_t kHeld = 0;

    /// Not 0. The address of an object whose second word the lock is: there it is in a register already.
    [[nodiscard]] std::uintptr_t free_mark() const noexcept {
        return reinterpret_cast<std::uintptr_t>(this) - sizeof(*this);
    }

    Word word_;
};

}  // namespace heddle::sync
