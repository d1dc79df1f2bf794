// The board's timers: what they raise, and when.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/random.hpp"
#include "board/clock.hpp"
#include "board/interrupt_controller.hpp"

namespace heddle::board {

using TimerId = std::uint16_t;

inline constexpr TimerId kNoTimer = UINT16_MAX;

struct TimerCounters {
    std::uint64_t started = 0;  ///< times that it was armed, anew too
    std::uint64_t expired = 0;  ///< deadlines that passed; each raised the source
    std::uint64_t late = 0;     ///< times that a deadline was seen later than the tolerance
    std::uint64_t missed = 0;  ///< deadlines that were seen only when a later one of the timer had passed too
};

/// Not thread-safe: for the holder of the run token. Every method may be called in a handler, the timer's own
/// too: nothing here runs handlers. Nothing waits or allocates, and the whole state lies in the object.
///
/// A timer is armed or not. The deadlines of a periodic one are start + k * period, however late each of them
/// is seen; of those that pass unseen together, each raises the source, which merges them.
///
/// With jitter, a deadline counts as reached some time after it, as if the hardware were that slow. That
/// alone makes nothing late; the next deadline of a periodic timer is not moved by it.
class TimerQueue {
  public:
    // A search goes through all that were ever added; few are, so that it is faster than keeping an order.
    static constexpr std::size_t kMostTimers = 128;

    static constexpr Time kDefaultToleranceNs = 1'000'000;

    /// `interrupts` outlives this.
    explicit TimerQueue(InterruptController& interrupts) noexcept : interrupts_(interrupts) {}
    TimerQueue(const TimerQueue&) = delete;
    TimerQueue& operator=(const TimerQueue&) = delete;

    /// A new timer, not armed, that raises `source`; kNoTimer when all are taken.
    [[nodiscard]] TimerId add(SourceId source) noexcept;

    /// Arms the timer, anew if it is armed. The first deadline is one period after `start_ns`, which may be
    /// past. Precondition: the period is positive.
    void start_periodic(TimerId timer, Time start_ns, Time period_ns) noexcept;
    /// Arms the timer, anew if it is armed. Precondition: the delay is not negative.
    void start_one_shot(TimerId timer, Time start_ns, Time delay_ns) noexcept;
    /// Disarms the timer, and withdraws what it has raised if the handler has not been entered.
    void stop(TimerId timer) noexcept;

    /// Raises the sources of all timers whose deadline is reached at `now_ns`. One-shot ones are not armed
    /// then.
    void raise_due(Time now_ns) noexcept;
    /// The timer expires, however far its deadline is: for a search, where it may at any point. Precondition:
    /// it is armed.
    void expire(TimerId timer) noexcept;

    [[nodiscard]] bool is_armed(TimerId timer) const noexcept { return at(timer).armed; }
    [[nodiscard]] bool is_periodic(TimerId timer) const noexcept { return at(timer).period_ns != 0; }
    /// As it was armed, without jitter; kNever if it is not armed.
    [[nodiscard]] Time deadline(TimerId timer) const noexcept { return at(timer).deadline; }
    /// When the earliest of all is reached, jitter included; kNever if none is armed.
    [[nodiscard]] Time next_deadline() const noexcept { return next_deadline_; }

    /// Each deadline from now on is reached up to `most_ns` after it, by a pseudo-random span that follows
    /// from `seed` and from how many deadlines there were since this call. Jitter of more than a period can
    /// merge deadlines. At first there is none. Precondition: `most_ns` is not negative, and below kNever.
    void set_jitter(Time most_ns, std::uint64_t seed) noexcept;

    /// Later than this after its deadline was reached, a timer counts as late.
    void set_tolerance(Time tolerance_ns) noexcept { tolerance_ns_ = tolerance_ns; }

    [[nodiscard]] SourceId source(TimerId timer) const noexcept { return at(timer).source; }
    [[nodiscard]] const TimerCounters& counters(TimerId timer) const noexcept { return at(timer).counters; }
    /// Timers are 0 to timers() - 1.
    [[nodiscard]] std::size_t timers() const noexcept { return count_; }

  private:
    struct Timer {
        SourceId source = kNoSource;
        bool armed = false;
        Time period_ns = 0;  // 0: one-shot
        Time deadline = kNever;
        Time reached_at = kNever;  // the deadline and its jitter
        TimerCounters counters;
    };

    [[nodiscard]] Timer& at(TimerId timer) noexcept;
    [[nodiscard]] const Timer& at(TimerId timer) const noexcept;
    void start(Timer& timer, Time deadline, Time period_ns) noexcept;
    [[nodiscard]] Time with_jitter(Time deadline) noexcept;
    void expire_at(Timer& timer, Time now_ns) noexcept;
    void find_next_deadline() noexcept;

    InterruptController& interrupts_;
    std::array<Timer, kMostTimers> timers_{};
    std::size_t count_ = 0;
    Time next_deadline_ = kNever;
    Time tolerance_ns_ = kDefaultToleranceNs;
    Time jitter_ns_ = 0;
    Random random_{0};
};

}  // namespace heddle::board
