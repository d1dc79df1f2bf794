#include "board/board.hpp"

#include "base/assert.hpp"

namespace heddle::board {

static_assert(Board::kMostTimers + Board::kMostPins <= InterruptController::kMostSources);

Board::Board(const Hardware& hardware, Clock& clock, Chooser& chooser) noexcept
    : clock_(clock), chooser_(chooser), pin_count_(hardware.pins) {
    require(hardware.timers <= kMostTimers, "a board with more timers than Board::kMostTimers");
    require(hardware.pins <= kMostPins, "a board with more pins than Board::kMostPins");
    for (std::size_t timer = 0; timer < hardware.timers; ++timer) {
        static_cast<void>(timers_.add(interrupts_.add(hardware.timer_priority)));
    }
    for (std::size_t pin = 0; pin < hardware.pins; ++pin) {
        pins_[pin].connect(interrupts_, interrupts_.add(hardware.pin_priority));
    }
}

Pin& Board::pin(PinId pin) noexcept {
    require(pin < pin_count_, "a pin that does not exist");
    return pins_[pin];
}

void Board::poll() noexcept {
    if (timers_.next_deadline() != kNever) {
        timers_.raise_due(clock_.now_ns());
    }
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
