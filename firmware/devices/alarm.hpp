// The timer of the board's hardware that all machine.Timer's share. Each board has one of alarms/, which
// defines this, and on a Cortex-M the clock that port/cortex_m/ asks for: some boards have one timer for
// both.
#pragma once

#include <cstdint>

#include "mpy/devices.hpp"

namespace heddle::firmware::alarm {

/// Once, before the others here. For a thread.
void install() noexcept;

/// Calls ring() once, as soon as devices::now_ns() has reached `deadline`, or earlier where that is too far
/// away for the hardware's counter; not when it was told to before. For thread and handler, with interrupts
/// masked.
void set(devices::Time deadline) noexcept;

/// Does not call any more, even if it was about to. For thread and handler, with interrupts masked.
void cancel() noexcept;

/// The alarm's interrupt; timers.cpp defines it. In a handler.
void ring() noexcept;

/// The longest time that the counters here can count.
inline constexpr devices::Time kMostDelay = 60'000'000'000;

/// From now to the deadline, of a counter whose steps take `tick_ns`: at least one, and at most kMostDelay.
/// Never early.
template <std::uint32_t tick_ns>
[[nodiscard]] std::uint32_t ticks_until(devices::Time deadline) noexcept {
    static_assert(kMostDelay / tick_ns < UINT32_MAX);
    const devices::Time delay = deadline - devices::now_ns();
    if (delay <= 0) {
        return 1;
    }
    if (delay > kMostDelay) {
        return static_cast<std::uint32_t>(kMostDelay / tick_ns);
    }
    // Nearly always of 32 bits, which cores divide themselves.
    return delay <= UINT32_MAX ? (static_cast<std::uint32_t>(delay) - 1) / tick_ns + 1
                               : static_cast<std::uint32_t>((delay - 1) / tick_ns) + 1;
}

}  // namespace heddle::firmware::alarm
