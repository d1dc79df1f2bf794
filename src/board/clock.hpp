// The board's time: nanoseconds since it was switched on, real or virtual.
#pragma once

#include <cstdint>
#include <ctime>

#include "base/assert.hpp"

namespace heddle::board {

/// Nanoseconds, as a point in the board's time or as a span of it.
using Time = std::int64_t;

/// Later than every deadline.
inline constexpr Time kNever = INT64_MAX;

/// `time + span_ns`, or kNever where that is too far away to say. Precondition: neither is negative.
[[nodiscard]] constexpr Time after(Time time, Time span_ns) noexcept {
    return span_ns >= kNever - time ? kNever : time + span_ns;
}

/// Not negative, never goes back. now_ns() is callable from threads and handlers.
class Clock {
  public:
    [[nodiscard]] virtual Time now_ns() const noexcept = 0;

  protected:
    Clock() = default;
    Clock(const Clock&) = default;
    Clock& operator=(const Clock&) = default;
    ~Clock() = default;
};

/// The machine's monotonic clock, from when this was made.
class RealClock final : public Clock {
  public:
    [[nodiscard]] Time now_ns() const noexcept override { return monotonic_ns() - start_ns_; }

    /// A point in the board's time on the machine's clock, for who sleeps until then.
    [[nodiscard]] Time on_machine(Time time) const noexcept { return after(start_ns_, time); }

  private:
    static Time monotonic_ns() noexcept {
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        return now.tv_sec * Time{1'000'000'000} + now.tv_nsec;
    }

    Time start_ns_ = monotonic_ns();
};

/// Moves when it is told to: the clock of a search, and of tests.
class VirtualClock final : public Clock {
  public:
    [[nodiscard]] Time now_ns() const noexcept override { return now_ns_; }

    /// Precondition: `time` is not in the past, and not kNever.
    void advance_to(Time time) noexcept {
        require(time >= now_ns_ && time != kNever, "a virtual clock moves forward, to a stated time");
        now_ns_ = time;
    }

    void tick(Time span_ns) noexcept { advance_to(after(now_ns_, span_ns)); }

  private:
    Time now_ns_ = 0;
};

}  // namespace heddle::board
