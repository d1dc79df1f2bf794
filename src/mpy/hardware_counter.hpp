// The counter of a hardware timer: a source's frequency divided by two registers, and what it shows when.
#pragma once

#include <cstdint>

#include "mpy/devices.hpp"

namespace heddle::mpy {

/// center: up and down again; an update at either end.
enum class Counting : std::uint8_t { up, down, center };

/// As in the registers: each divides by one more, but for the period of a counter that counts up and down.
struct Divisors {
    std::uint32_t prescaler = 0;
    std::uint32_t period = 0;
};

/// Not thread-safe. Every method may be called in a handler; nothing here waits, allocates or raises.
///
/// While it counts, new divisors are kept back until the next update (the counter's end), as in a timer whose
/// registers are buffered. The period of what counts is positive.
class HardwareCounter {
  public:
    explicit HardwareCounter(std::uint32_t source_hz = 1) noexcept : source_hz_(source_hz) {}

    [[nodiscard]] std::uint32_t source_hz() const noexcept { return source_hz_; }
    [[nodiscard]] Counting counting() const noexcept { return counting_; }
    [[nodiscard]] bool is_running() const noexcept { return running_; }

    /// Counts from its beginning.
    void start(Divisors divisors, Counting counting, devices::Time now_ns) noexcept;
    /// The counter stays where it is.
    void stop(devices::Time now_ns) noexcept;
    void go_on(devices::Time now_ns) noexcept;

    /// What was set last.
    [[nodiscard]] Divisors divisors() const noexcept { return set_; }
    void set_divisors(Divisors divisors) noexcept { set_ = divisors; }

    /// For these two advance(now_ns) comes first.
    [[nodiscard]] std::uint32_t value(devices::Time now_ns) const noexcept;
    /// At most the period. A counter that counts up and down goes up from there.
    void set_value(std::uint32_t value, devices::Time now_ns) noexcept;

    /// Passes the updates until `now_ns`. Have new divisors come into force?
    bool advance(devices::Time now_ns) noexcept;
    /// The last update that advance() passed; until there is one, when it would have been.
    [[nodiscard]] devices::Time last_update_ns() const noexcept { return last_update_ns_; }
    /// From one update to the next.
    [[nodiscard]] devices::Time interval_ns() const noexcept;

  private:
    [[nodiscard]] devices::Time span_of(std::uint64_t ticks) const noexcept;
    [[nodiscard]] std::uint32_t ticks_in(devices::Time span_ns) const noexcept;

    std::uint32_t source_hz_;
    Counting counting_ = Counting::up;
    bool running_ = false;
    bool downwards_ = false;  // on the way back
    Divisors set_;
    Divisors in_force_;
    devices::Time last_update_ns_ = 0;
    devices::Time stopped_after_ns_ = 0;  // while it does not run: since the last update
};

}  // namespace heddle::mpy
