// What the outside does to the pins, played by the board's clock.
#pragma once

#include <span>

#include "base/assert.hpp"
#include "board/clock.hpp"
#include "board/pin.hpp"

namespace heddle::board {

/// From `at` on the outside drives the pin so.
struct SceneEvent {
    Time at = 0;
    PinId pin = 0;
    Drive drive = Drive::released;

    friend bool operator==(const SceneEvent&, const SceneEvent&) = default;
};

/// Not thread-safe: for the holder of the run token. Nothing waits or allocates. The events stay where they
/// are: a copy of the object, while they last, is a snapshot.
class ScenePlayer {
  public:
    /// From its beginning, instead of what was played. `events` outlive this. Precondition: they are in the
    /// order of their times.
    void play(std::span<const SceneEvent> events) noexcept {
        for (std::size_t i = 1; i < events.size(); ++i) {
            require(events[i - 1].at <= events[i].at, "a scene that is not in the order of its times");
        }
        next_ = events.data();
        end_ = next_ + events.size();
    }

    /// The next one that is not after `now_ns`, which counts as played then; null if there is none.
    [[nodiscard]] const SceneEvent* take_due(Time now_ns) noexcept {
        return next_ != end_ && next_->at <= now_ns ? next_++ : nullptr;
    }

    /// kNever after the last one.
    [[nodiscard]] Time next_event_ns() const noexcept { return next_ != end_ ? next_->at : kNever; }

  private:
    const SceneEvent* next_ = nullptr;
    const SceneEvent* end_ = nullptr;
};

}  // namespace heddle::board
