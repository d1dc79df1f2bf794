#include "board/interrupt_controller.hpp"

#include "base/assert.hpp"

namespace heddle::board {
namespace {

// Less urgent than every source.
constexpr int kThreadPriority = 256;

}  // namespace

InterruptController::Source& InterruptController::at(SourceId source) noexcept {
    require(source < count_, "an interrupt source that does not exist");
    return sources_[source];
}

const InterruptController::Source& InterruptController::at(SourceId source) const noexcept {
    require(source < count_, "an interrupt source that does not exist");
    return sources_[source];
}

SourceId InterruptController::add(Priority priority) noexcept {
    if (count_ == kMostSources) {
        return kNoSource;
    }
    sources_[count_].priority = priority;
    return static_cast<SourceId>(count_++);
}

void InterruptController::set_priority(SourceId source, Priority priority) noexcept {
    at(source).priority = priority;
}

void InterruptController::enable(SourceId source) noexcept {
    static_cast<void>(at(source));
    enabled_[source] = true;
}

void InterruptController::disable(SourceId source) noexcept {
    static_cast<void>(at(source));
    enabled_[source] = false;
}

bool InterruptController::is_enabled(SourceId source) const noexcept {
    static_cast<void>(at(source));
    return enabled_[source];
}

bool InterruptController::is_pending(SourceId source) const noexcept {
    static_cast<void>(at(source));
    return pending_[source];
}

void InterruptController::raise(SourceId source, std::uint64_t times) noexcept {
    require(times >= 1, "an interrupt that is raised no times");
    SourceCounters& counters = at(source).counters;
    if (!enabled_[source]) {
        counters.ignored += times;
        return;
    }
    counters.raised += times;
    if (pending_[source]) {
        counters.merged += times;
        return;
    }
    counters.merged += times - 1;
    pending_[source] = true;
    if (!may_enter(source)) {
        ++counters.delayed;
    }
}

bool InterruptController::clear(SourceId source) noexcept {
    SourceCounters& counters = at(source).counters;
    if (!pending_[source]) {
        return false;
    }
    pending_[source] = false;
    ++counters.cleared;
    return true;
}

MaskState InterruptController::mask() noexcept {
    const MaskState state(masked_);
    masked_ = true;
    return state;
}

int InterruptController::active_priority() const noexcept {
    return active_ == kNoSource ? kThreadPriority : sources_[active_].entered_priority;
}

bool InterruptController::may_enter(SourceId source) const noexcept {
    return !masked_ && at(source).priority < active_priority() && enabled_[source] &&
           !has_active_handler(source);
}

SourceId InterruptController::next() const noexcept {
    if (masked_ || pending_.none()) {
        return kNoSource;
    }
    SourceId most_urgent = kNoSource;
    int priority = active_priority();
    for (std::size_t source = 0; source < count_; ++source) {
        if (pending_[source] && enabled_[source] && sources_[source].priority < priority &&
            !has_active_handler(static_cast<SourceId>(source))) {
            priority = sources_[source].priority;
            most_urgent = static_cast<SourceId>(source);
        }
    }
    return most_urgent;
}

void InterruptController::enter(SourceId source) noexcept {
    Source& entered = at(source);
    require(pending_[source], "a handler is entered whose source is not pending");
    require(may_enter(source), "a handler is entered that may not run now");
    pending_[source] = false;
    entered.entered_priority = entered.priority;
    entered.interrupted = active_;
    active_ = source;
    ++entered.counters.entered;
}

void InterruptController::leave() noexcept {
    require(active_ != kNoSource, "a handler is left, but none is active");
    active_ = sources_[active_].interrupted;
}

bool InterruptController::has_active_handler(SourceId source) const noexcept {
    static_cast<void>(at(source));
    for (SourceId active = active_; active != kNoSource; active = sources_[active].interrupted) {
        if (active == source) {
            return true;
        }
    }
    return false;
}

}  // namespace heddle::board
