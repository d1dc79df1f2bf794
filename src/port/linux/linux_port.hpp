// Threads of the operating system, parked on futexes: the port for C++ programs, and under heddle's own
// scheduler.
#pragma once

#include <atomic>
#include <cstdint>

#include "port/port.hpp"

namespace heddle::port {

/// Waits while `word` holds `expected`, until `deadline`. False when the deadline passed; may return true for
/// no reason. Not for interrupt handlers.
bool futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t expected, Instant deadline) noexcept;

/// Wakes at most `count` waiters of `word`. Callable from signal handlers; `word` may be gone already.
void futex_wake(std::atomic<std::uint32_t>& word, int count) noexcept;

/// Nanoseconds of CLOCK_MONOTONIC. Callable from signal handlers.
[[nodiscard]] Instant monotonic_now() noexcept;

struct LinuxPort {
    class Word {
      public:
        [[nodiscard]] std::uintptr_t load_acquire() const noexcept {
            return value_.load(std::memory_order_acquire);
        }
        void store_release(std::uintptr_t value) noexcept { value_.store(value, std::memory_order_release); }
        bool exchange_if_acquire(std::uintptr_t& expected, std::uintptr_t value) noexcept {
            return value_.compare_exchange_strong(expected, value, std::memory_order_acquire);
        }
        bool exchange_if_release(std::uintptr_t& expected, std::uintptr_t value) noexcept {
            return value_.compare_exchange_strong(expected, value, std::memory_order_release,
                                                  std::memory_order_acquire);
        }

      private:
        std::atomic<std::uintptr_t> value_{0};
    };

    struct Parker {
        std::atomic<std::uint32_t> unparked{0};
    };

    struct Critical {
        Critical() noexcept {}
    };

    static Wake park(Parker& parker, Instant deadline) noexcept;
    static void unpark(Parker& parker) noexcept;
    static bool unparked(Parker& parker) noexcept {
        return parker.unparked.load(std::memory_order_acquire) != 0;
    }
    static void relax() noexcept;
    static bool in_interrupt() noexcept { return false; }
    static Instant now() noexcept { return monotonic_now(); }
};

static_assert(Port<LinuxPort>);

}  // namespace heddle::port
