#include "explore/strategies/preemption_bounded.hpp"

#include <algorithm>

#include "explore/preemption.hpp"

namespace heddle::explore {
namespace {

bool has(const std::vector<ContextId>& contexts, ContextId context) {
    return std::ranges::find(contexts, context) != contexts.end();
}

/// The beginning of the innermost handler that the event is within; the number of events: there is none.
std::size_t handler_around(const Trace& trace, std::size_t event) {
    std::size_t ended = 0;
    for (std::size_t i = event; i-- != 0;) {
        ended += trace[i].ends_handler ? 1 : 0;
        if (trace[i].begins_handler && ended-- == 0) {
            return i;
        }
    }
    return trace.size();
}

}  // namespace

ContextId PreemptionBounded::choose(const Execution& execution) {
    if (frames_.size() == execution.trace().size()) {
        open_frame(execution);
    }
    const Frame& frame = frames_.back();
    return frame.backtrack[frame.done - 1];
}

void PreemptionBounded::open_frame(const Execution& execution) {
    Frame frame{0,
                thread_to_go_on(execution),
                {execution.enabled().begin(), execution.enabled().end()},
                execution.all_wake_up(),
                {plain_choice(execution)},
                1};
    if (!frames_.empty()) {
        const Frame& before = frames_.back();
        frame.preemptions = before.preemptions + cost(before, execution.trace().back().context);
    }
    frames_.push_back(std::move(frame));
}

std::size_t PreemptionBounded::cost(const Frame& frame, ContextId context) noexcept {
    return frame.running != kNoContext && frame.running != context ? 1 : 0;
}

void PreemptionBounded::ran(const Execution& execution) {
    order_.push(execution.trace(), races_);
    // It could have passed for any of these.
    Frame& frame = frames_.back();
    const bool is_tie = HappensBefore::is_tie(execution.trace(), frame.all_wake_up);
    for (std::size_t i = 0; is_tie && i < frame.enabled.size(); ++i) {
        if (!has(frame.backtrack, frame.enabled[i]) && !execution.contexts()[frame.enabled[i]].source) {
            frame.backtrack.push_back(frame.enabled[i]);
        }
    }
}

std::optional<std::size_t> PreemptionBounded::finish(Execution& execution) {
    add_races(execution);
    while (!frames_.empty() && !take_next(frames_.back())) {
        frames_.pop_back();
    }
    if (frames_.empty()) {
        if (!left_out_ || bound_ == last_) {
            return std::nullopt;
        }
        ++bound_;
        left_out_ = false;
    }
    const std::size_t kept = frames_.empty() ? 0 : frames_.size() - 1;
    order_.keep(execution.trace(), kept);
    return kept;
}

bool PreemptionBounded::take_next(Frame& frame) {
    while (frame.done < frame.backtrack.size()) {
        const ContextId context = frame.backtrack[frame.done++];
        if (frame.preemptions + cost(frame, context) <= bound_) {
            return true;
        }
        left_out_ = true;
    }
    return false;
}

void PreemptionBounded::add_races(const Execution& execution) {
    const Trace& trace = execution.trace();
    for (const Race& race : races_) {
        add(trace, race.first, trace[race.second].context);
    }
    races_.clear();
    const std::span<const ContextState> states = execution.contexts();
    for (std::size_t i = 0; i < states.size(); ++i) {
        const bool needs_nothing = states[i].finished && !states[i].source;
        if (states[i].waits && !needs_nothing && !states[i].enabled) {
            const auto context = static_cast<ContextId>(i);
            const std::size_t taker = order_.taker_before(trace, context, states[i]);
            if (taker < trace.size()) {
                add(trace, taker, context);
            }
        }
    }
}

// At the race, and where the thread that runs there was switched to: a switch there may cost nothing.
void PreemptionBounded::add(const Trace& trace, std::size_t first, ContextId second) {
    ContextId otherwise = second;
    for (std::size_t i = first + 1; i < trace.size() && !has(frames_[first].enabled, otherwise); ++i) {
        if (!order_.ordered(first, i)) {
            otherwise = trace[i].context;
        }
    }
    add_at(first, second, otherwise);
    // Whom a handler holds up can only come before all of it.
    for (std::size_t begin = first; !has(frames_[begin].enabled, second);) {
        begin = handler_around(trace, begin);
        if (begin == trace.size()) {
            break;
        }
        add_at(begin, second, otherwise);
    }
    std::size_t start = first;
    while (start != 0 && trace[start - 1].context == trace[first].context) {
        --start;
    }
    if (start != first) {
        add_at(start, second, otherwise);
    }
}

// All that are enabled, if neither is.
void PreemptionBounded::add_at(std::size_t index, ContextId context, ContextId otherwise) {
    Frame& frame = frames_[index];
    const auto add_one = [&](ContextId one) {
        if (!has(frame.backtrack, one)) {
            frame.backtrack.push_back(one);
        }
    };
    if (has(frame.enabled, context)) {
        add_one(context);
    } else if (has(frame.enabled, otherwise)) {
        add_one(otherwise);
    } else {
        std::ranges::for_each(frame.enabled, add_one);
    }
}

}  // namespace heddle::explore
