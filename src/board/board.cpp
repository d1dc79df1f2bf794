#include "board/board.hpp"

#include "base/assert.hpp"

namespace heddle::board {

static_assert(Board::kMostTimers + Board::kMostPins <= InterruptController::kMostSources);

Board::Board(const Hardware& hardware, Clock& clock, Chooser& chooser) noexcept
    : clock_(clock), chooser_(chooser), most_timers_(hardware.timers), pin_count_(hardware.pins) {
    require(hardware.timers <= kMostTimers, "a board with more timers than Board::kMostTimers");
    require(hardware.pins <= kMostPins, "a board with more pins than Board::kMostPins");
    for (std::size_t pin = 0; pin < hardware.pins; ++pin) {
        pins_[pin].connect(interrupts_, interrupts_.add(hardware.pin_priority));
    }
}

Pin& Board::pin(PinId pin) noexcept {
    require(pin < pin_count_, "a pin that does not exist");
    return pins_[pin];
}

TimerId Board::claim_timer(Priority priority, TimerId wanted) noexcept {
    if (claimed_.count() == most_timers_) {
        return kNoTimer;
    }
    const TimerId timer = wanted != kNoTimer && can_go_on(wanted, priority) ? wanted : unclaimed_timer();
    if (timer != kNoTimer) {
        claimed_[timer] = true;
        interrupts_.set_priority(timers_.source(timer), priority);
    }
    return timer;
}

// A handler that sets its own timer up anew needs no other source.
bool Board::can_go_on(TimerId timer, Priority priority) const noexcept {
    const bool is_same = interrupts_.priority(timers_.source(timer)) == priority;
    return is_unclaimed(timer) || (!claimed_[timer] && is_same);
}

bool Board::is_unclaimed(TimerId timer) const noexcept {
    return !claimed_[timer] && !interrupts_.has_active_handler(timers_.source(timer));
}

TimerId Board::unclaimed_timer() noexcept {
    if (timers_.timers() < kMostTimers) {
        return timers_.add(interrupts_.add(0));
    }
    for (std::size_t i = 0; i < timers_.timers(); ++i) {
        if (is_unclaimed(static_cast<TimerId>(i))) {
            return static_cast<TimerId>(i);
        }
    }
    return kNoTimer;
}

void Board::release_timer(TimerId timer) noexcept {
    require(timer < timers_.timers() && claimed_[timer], "a timer is released that is not claimed");
    timers_.stop(timer);
    interrupts_.disable(timers_.source(timer));
    claimed_[timer] = false;
}

void Board::play(std::span<const SceneEvent> events) noexcept {
    for (const SceneEvent& event : events) {
        require(event.pin < pin_count_, "a scene with a pin that does not exist");
    }
    player_.play(events);
    drive_pins(clock_.now_ns());
}

void Board::drive_pins(Time now_ns) noexcept {
    while (const SceneEvent* event = player_.take_due(now_ns)) {
        pins_[event->pin].drive(event->drive);
    }
}

void Board::poll() noexcept {
    if (next_event_ns() == kNever) {
        return;
    }
    const Time now_ns = clock_.now_ns();
    drive_pins(now_ns);
    timers_.raise_due(now_ns);
}

SourceId Board::next_interrupt() noexcept {
    const SourceId source = interrupts_.next();
    return source != kNoSource && chooser_.choose(2) == 0 ? source : kNoSource;
}

Statistics Board::statistics() const noexcept {
    Statistics sum;
    for (std::size_t source = 0; source < interrupts_.sources(); ++source) {
        const SourceCounters& counters = interrupts_.counters(static_cast<SourceId>(source));
        sum.fired += counters.entered - counters.dropped;
        sum.dropped += counters.merged + counters.dropped;
        sum.deferred += counters.deferred;
    }
    for (std::size_t timer = 0; timer < timers_.timers(); ++timer) {
        sum.late += timers_.counters(static_cast<TimerId>(timer)).late;
    }
    return sum;
}

}  // namespace heddle::board
