// The simulated board: an interrupt controller with the timers and pins that raise its sources, on one clock.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/choose.hpp"
#include "board/clock.hpp"
#include "board/interrupt_controller.hpp"
#include "board/pin.hpp"
#include "board/scene_player.hpp"
#include "board/timer.hpp"

namespace heddle::board {

/// What a board has. Equal priorities never preempt each other.
struct Hardware {
    std::size_t timers = 0;  ///< that may be claimed at once
    std::size_t pins = 0;
    Priority pin_priority = 0;
};

/// Of the whole board, since it was switched on.
struct Statistics {
    std::uint64_t fired = 0;     ///< handlers that ran
    std::uint64_t late = 0;      ///< times that a timer's deadline was seen later than the tolerance
    std::uint64_t dropped = 0;   ///< merged into one that was pending, or lost at a full queue
    std::uint64_t deferred = 0;  ///< handlers that put their work off
};

/// Not thread-safe: for the holder of the run token. Runs no handler. Who does:
///
///   poll();
///   while ((source = next_interrupt()) != kNoSource)
///       interrupts().enter(source), the handler, interrupts().leave()
///
/// at every point where one may preempt, and within a handler too, for the nested ones; at the latest when
/// the clock reaches next_event_ns().
///
/// Nothing waits or allocates. The whole state, but for the clock's and a scene's events, which do not
/// change, lies in the object: its bytes, copied back to the same place, are a snapshot.
class Board {
  public:
    static constexpr std::size_t kMostTimers = TimerQueue::kMostTimers;
    static constexpr std::size_t kMostPins = 64;

    /// Every pin has a source of its own, which is disabled, as nothing is watched. There is no timer yet.
    /// `clock` and `chooser` outlive this. Precondition: no more timers and pins than the two limits.
    Board(const Hardware& hardware, Clock& clock, Chooser& chooser) noexcept;
    Board(const Board&) = delete;
    Board& operator=(const Board&) = delete;

    [[nodiscard]] InterruptController& interrupts() noexcept { return interrupts_; }
    [[nodiscard]] TimerQueue& timers() noexcept { return timers_; }
    [[nodiscard]] Pin& pin(PinId pin) noexcept;
    /// Pins are 0 to pins() - 1.
    [[nodiscard]] std::size_t pins() const noexcept { return pin_count_; }

    /// A timer that is not armed, with a source of its own, which is disabled; kNoTimer when as many are
    /// claimed as the hardware has. It is `wanted`, the one that the caller had before, unless somebody else
    /// has that now, or its handler is active with another priority; otherwise one that nobody has had, as
    /// long as there are any. The counters of the timer and of its source go on from where an earlier owner's
    /// ended.
    [[nodiscard]] TimerId claim_timer(Priority priority, TimerId wanted = kNoTimer) noexcept;
    /// Stops the timer, disables its source, and withdraws what is pending. Others may claim it again once
    /// its handler, if that is active, is over. Precondition: it is claimed.
    void release_timer(TimerId timer) noexcept;

    /// The outside does this from now on, at its times since the board was switched on; what is due already,
    /// at once. Replaces an earlier scene. `events` outlive this. Precondition: they are in the order of
    /// their times, and name pins that exist.
    void play(std::span<const SceneEvent> events) noexcept;

    [[nodiscard]] Time now_ns() const noexcept { return clock_.now_ns(); }

    /// Plays and raises what is due. However late it is, the scene's events happen one by one in their order:
    /// no edge is lost but by merging. Reads no clock while no timer is armed and no scene has events left.
    void poll() noexcept;

    /// The source whose handler is to be entered now; kNoSource for none. Where one may enter, the chooser
    /// says whether it does: 0, it does; 1, not yet.
    [[nodiscard]] SourceId next_interrupt() noexcept;

    /// When poll() has something to do next, if nobody changes anything; kNever if it has not.
    [[nodiscard]] Time next_event_ns() const noexcept {
        return std::min(timers_.next_deadline(), player_.next_event_ns());
    }

    [[nodiscard]] Statistics statistics() const noexcept;

  private:
    [[nodiscard]] bool can_go_on(TimerId timer, Priority priority) const noexcept;
    [[nodiscard]] bool is_unclaimed(TimerId timer) const noexcept;
    [[nodiscard]] TimerId unclaimed_timer() noexcept;
    void drive_pins(Time now_ns) noexcept;

    Clock& clock_;
    Chooser& chooser_;
    InterruptController interrupts_;
    TimerQueue timers_{interrupts_};
    ScenePlayer player_;
    std::array<Pin, kMostPins> pins_{};
    std::size_t most_timers_;
    std::bitset<kMostTimers> claimed_;
    std::size_t pin_count_;
};

}  // namespace heddle::board
