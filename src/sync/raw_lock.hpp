// The lock algorithm, on one word: what Lock, Mutex and the Python types are made of.
#pragma once

#include <cstdint>

#include "port/port.hpp"

namespace heddle::sync {

using port::Instant;
using port::kForever;

enum class LockResult : std::uint8_t { taken, timed_out, interrupted };

/// A fair lock. A release with waiters hands the lock to the one that has waited longest: it is never free in
/// between, so nobody starves and no wakeup is lost. A queue exists only while somebody waits; its nodes lie
/// on the waiters' stacks.
///
/// The word:
///
///   value        | meaning
///   -------------|---------------------------------------------------------
///   0            | free
///   kHeld        | held, nobody waits
///   kHeld + node | held; `node` is the first of the queue
///   ... + kBusy  | the same, and somebody is changing the queue
///
/// Thread-safe. Everything but lock() and lock_until() may be called from interrupt handlers, and takes a
/// bounded number of instructions there.
template <port::Port P>
class RawLock {
  public:
    constexpr RawLock() noexcept = default;
    RawLock(const RawLock&) = delete;
    RawLock& operator=(const RawLock&) = delete;

    /// Takes the lock if that needs no wait. Thread or interrupt handler. Inline, as try_unlock() is: where
    /// nobody waits, each is about as long as a call.
    [[nodiscard, gnu::always_inline]] bool try_lock() noexcept {
        std::uintptr_t expected = kFree;
        return word_.exchange_if_acquire(expected, kHeld);
    }

    /// Waits for the lock, whatever happens meanwhile. Threads only.
    void lock() noexcept {
        if (try_lock()) [[likely]] {
            return;
        }
        Waiter self;
        if (enqueue(self)) {
            wait_for_hand_over(self);
        }
    }

    /// Waits for the lock until `deadline`. Threads only. Each time the wait is interrupted, `on_event()`
    /// says whether to go on waiting; the place in the queue is kept meanwhile. `Parking::park()` is how the
    /// caller sleeps, where that is not P's; whoever unparks it needs nothing that it keeps while it is
    /// awake.
    template <class Parking = P, class OnEvent>
    [[nodiscard]] LockResult lock_until(Instant deadline, OnEvent&& on_event) noexcept {
        if (try_lock()) [[likely]] {
            return LockResult::taken;
        }
        Waiter self;
        if (!enqueue(self)) {
            return LockResult::taken;
        }
        for (;;) {
            const port::Wake wake = Parking::park(self.parker, deadline);
            if (wake == port::Wake::unparked || P::unparked(self.parker)) {
                return LockResult::taken;
            }
            if (wake == port::Wake::interrupted && on_event()) {
                continue;
            }
            if (!withdraw(self)) {
                return LockResult::taken;
            }
            return wake == port::Wake::timed_out ? LockResult::timed_out : LockResult::interrupted;
        }
    }

    [[nodiscard]] LockResult lock_until(Instant deadline) noexcept {
        return lock_until(deadline, [] { return true; });
    }

    /// Releases the lock; false, and nothing changed, if it was free. Thread or interrupt handler.
    [[gnu::always_inline]] bool try_unlock() noexcept {
        std::uintptr_t expected = kHeld;
        if (word_.exchange_if_release(expected, kFree)) [[likely]] {
            return true;
        }
        return hand_over();
    }

    /// The state at this moment. Thread or interrupt handler.
    [[nodiscard]] bool is_locked() const noexcept { return word_.load_acquire() != kFree; }

  private:
    static constexpr std::uintptr_t kFree = 0;
    static constexpr std::uintptr_t kHeld = 1;
    static constexpr std::uintptr_t kBusy = 2;
    static constexpr std::uintptr_t kBits = kHeld | kBusy;

    struct alignas(8) Waiter {
        typename P::Parker parker;
        Waiter* next = nullptr;
        Waiter* last = nullptr;  // of the whole queue; right in its first node only
        bool queued = true;
    };

    /// Owns the queue of a held lock while it lives; `held()` is false when the lock was found free.
    class Queue {
      public:
        explicit Queue(RawLock& lock) noexcept : lock_(lock) {
            for (;;) {
                std::uintptr_t value = lock_.word_.load_acquire();
                if (value == kFree) {
                    held_ = false;
                    return;
                }
                if ((value & kBusy) == 0 && lock_.word_.exchange_if_acquire(value, value | kBusy)) {
                    first_ = first_of(value);
                    return;
                }
                P::relax();
            }
        }
        ~Queue() {
            if (held_) {
                lock_.word_.store_release(reinterpret_cast<std::uintptr_t>(first_) | kHeld);
            }
        }
        Queue(const Queue&) = delete;
        Queue& operator=(const Queue&) = delete;

        [[nodiscard]] bool held() const noexcept { return held_; }

        void append(Waiter& waiter) noexcept {
            if (first_ == nullptr) {
                first_ = &waiter;
            } else {
                first_->last->next = &waiter;
            }
            first_->last = &waiter;
        }

        Waiter* pop() noexcept {
            Waiter* waiter = first_;
            if (waiter != nullptr) {
                remove_first();
            }
            return waiter;
        }

        void remove(Waiter& waiter) noexcept {
            if (first_ == &waiter) {
                remove_first();
                return;
            }
            Waiter* before = first_;
            while (before->next != &waiter) {
                before = before->next;
            }
            before->next = waiter.next;
            if (first_->last == &waiter) {
                first_->last = before;
            }
            waiter.queued = false;
        }

        /// Leaves the lock free, not held.
        void release_lock() noexcept {
            held_ = false;
            lock_.word_.store_release(kFree);
        }

      private:
        void remove_first() noexcept {
            Waiter* waiter = first_;
            first_ = waiter->next;
            if (first_ != nullptr) {
                first_->last = waiter->last;
            }
            waiter->queued = false;
        }

        RawLock& lock_;
        [[no_unique_address]] typename P::Critical critical_;
        Waiter* first_ = nullptr;
        bool held_ = true;
    };

    static Waiter* first_of(std::uintptr_t value) noexcept {
        return reinterpret_cast<Waiter*>(value & ~kBits);
    }

    // Firmware has one of each, however many locks wait.

    /// False when the lock became free and is now the caller's.
    [[gnu::noinline]] bool enqueue(Waiter& self) noexcept {
        for (;;) {
            {
                Queue queue(*this);
                if (queue.held()) {
                    queue.append(self);
                    return true;
                }
            }
            if (try_lock()) {
                return false;
            }
        }
    }

    /// False when the lock was handed to `self` meanwhile.
    [[gnu::noinline]] bool withdraw(Waiter& self) noexcept {
        {
            Queue queue(*this);
            if (queue.held() && self.queued) {
                queue.remove(self);
                return true;
            }
        }
        wait_for_hand_over(self);
        return false;
    }

    [[gnu::noinline]] static void wait_for_hand_over(Waiter& self) noexcept {
        while (P::park(self.parker, kForever) != port::Wake::unparked && !P::unparked(self.parker)) {
        }
    }

    [[gnu::noinline]] bool hand_over() noexcept {
        Waiter* next = nullptr;
        {
            Queue queue(*this);
            if (!queue.held()) {
                return false;
            }
            next = queue.pop();
            if (next == nullptr) {
                queue.release_lock();
            }
        }
        if (next != nullptr) {
            P::unpark(next->parker);
        }
        return true;
    }

    typename P::Word word_;
};

}  // namespace heddle::sync
