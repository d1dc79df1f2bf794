// Fibers of heddle's scheduler. Everything here runs under the scheduler's run token, so words are plain.
#pragma once

#include <cstdint>

#include "port/port.hpp"

namespace heddle::port {

/// One wait of one fiber. Created by that fiber.
struct FiberParker {
    FiberParker() noexcept;
    FiberParker(const FiberParker&) = delete;
    FiberParker& operator=(const FiberParker&) = delete;

    void* fiber;
    bool unparked = false;
};

// The scheduler (thread/) defines these.
Wake park_fiber(FiberParker& parker, Instant deadline) noexcept;
void unpark_fiber(FiberParker& parker) noexcept;
[[nodiscard]] bool in_interrupt_handler() noexcept;

[[nodiscard]] Instant fiber_now() noexcept;

struct FiberPort {
    class Word {
      public:
        [[nodiscard]] std::uintptr_t load_acquire() const noexcept { return value_; }
        void store_release(std::uintptr_t value) noexcept { value_ = value; }
        bool exchange_if_acquire(std::uintptr_t& expected, std::uintptr_t value) noexcept {
            if (value_ != expected) {
                expected = value_;
                return false;
            }
            value_ = value;
            return true;
        }
        bool exchange_if_release(std::uintptr_t& expected, std::uintptr_t value) noexcept {
            return exchange_if_acquire(expected, value);
        }

      private:
        std::uintptr_t value_ = 0;
    };

    using Parker = FiberParker;
    // Handlers of the simulated board run between two bytecodes, never within C++ code.
    struct Critical {
        Critical() noexcept {}
    };

    static Wake park(Parker& parker, Instant deadline) noexcept { return park_fiber(parker, deadline); }
    static void unpark(Parker& parker) noexcept { unpark_fiber(parker); }
    static bool unparked(Parker& parker) noexcept { return parker.unparked; }
    static void relax() noexcept {}
    static bool in_interrupt() noexcept { return in_interrupt_handler(); }
    static Instant now() noexcept { return fiber_now(); }
};

static_assert(Port<FiberPort>);

}  // namespace heddle::port
