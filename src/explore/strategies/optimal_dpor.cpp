#include "explore/strategies/optimal_dpor.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace heddle::explore {
namespace {

PlannedStep planned(const record::Event& event) { return {event.context, event.shape}; }

bool has(const Sequence& steps, ContextId context) {
    return std::ranges::find(steps, context, &PlannedStep::context) != steps.end();
}

Schedule contexts_of(const Sequence& steps) {
    Schedule contexts;
    for (const PlannedStep& step : steps) {
        contexts.push_back(step.context);
    }
    return contexts;
}

}  // namespace

void OptimalDpor::start(Execution& execution) {
    record::Shapes& shapes = execution.trace().shapes();
    first_asleep_ = understand(shapes, subtree_.asleep);
    if (!subtree_.tree.entries.empty()) {
        branch_ = understand(shapes, trees_, subtree_.tree);
    }
}

ContextId OptimalDpor::choose(const Execution& execution) {
    const std::size_t here = execution.trace().size();
    enabled_.assign(execution.enabled().begin(), execution.enabled().end());
    all_wake_up_ = execution.all_wake_up();
    if (here < subtree_.prefix.size()) {
        frames_.resize(std::max(frames_.size(), ++depth_));
        require(execution.is_enabled(subtree_.prefix[here]), "a part of the search does not begin as it did");
        return subtree_.prefix[here];
    }
    Frame& frame = here < depth_ ? frames_[here] : open_frame(execution);
    if (trees_.is_empty(frame.tree)) {
        return first_awake(execution, frame);
    }
    branch_ = trees_.take_first(frame.tree);
    const ContextId context = trees_.step(branch_).context;
    if (!execution.is_enabled(context)) {
        is_lost_ = true;
        return kNoContext;
    }
    return context;
}

OptimalDpor::Frame& OptimalDpor::open_frame(const Execution& execution) {
    if (depth_ == frames_.size()) {
        frames_.emplace_back();
    }
    Frame& frame = frames_[depth_++];
    frame.tree = branch_ == WakeupTrees::kNone ? trees_.make_root() : branch_;
    branch_ = WakeupTrees::kNone;
    frame.planned.clear();
    frame.taken = 0;
    inherit_sleep(execution.trace(), frame);
    return frame;
}

void OptimalDpor::inherit_sleep(const Trace& trace, Frame& frame) {
    frame.asleep.clear();
    if (depth_ == subtree_.prefix.size() + 1) {
        frame.asleep = first_asleep_;
        return;
    }
    const PlannedStep last = planned(trace.back());
    for (const PlannedStep& step : frames_[depth_ - 2].asleep) {
        if (independent(trace.shapes(), step, last)) {
            frame.asleep.push_back(step);
        }
    }
}

// The context that runs goes on while it can; interrupts come last.
ContextId OptimalDpor::first_awake(const Execution& execution, const Frame& frame) {
    const Trace& trace = execution.trace();
    ContextId best = kNoContext;
    for (const ContextId context : execution.enabled()) {
        if (has(frame.asleep, context)) {
            continue;
        }
        const bool is_source = execution.contexts()[context].source;
        if (!is_source && !trace.empty() && trace.back().context == context) {
            return context;
        }
        if (best == kNoContext || (execution.contexts()[best].source && !is_source)) {
            best = context;
        }
    }
    return best;
}

void OptimalDpor::ran(const Execution& execution) {
    const Trace& trace = execution.trace();
    order_.push(trace, races_);
    if (enabled_.size() > 1 && !all_wake_up_ && HappensBefore::passes_time(trace)) {
        for (const ContextId context : enabled_) {
            if (context != trace.back().context && !execution.contexts()[context].source) {
                ties_.push_back({trace.size() - 1, context});
            }
        }
    }
}

std::optional<std::size_t> OptimalDpor::finish(Execution& execution) {
    const Trace& trace = execution.trace();
    if (branch_ != WakeupTrees::kNone) {
        trees_.free_all(branch_);
        branch_ = WakeupTrees::kNone;
    }
    turn_races_round(execution);
    turn_waits_round(execution);
    turn_ties_round(execution);
    if (depth_ > trace.size()) {  // cut short: it was asked at the end
        trees_.free_all(frames_[--depth_].tree);
    }
    while (depth_ > subtree_.prefix.size()) {
        Frame& frame = frames_[depth_ - 1];
        frame.asleep.push_back(planned(trace[depth_ - 1]));
        ++frame.taken;
        if (!trees_.is_empty(frame.tree)) {
            forget_after(trace, depth_ - 1);
            return depth_ - 1;
        }
        trees_.free(frame.tree);
        --depth_;
    }
    return std::nullopt;
}

void OptimalDpor::forget_after(const Trace& trace, std::size_t length) {
    order_.keep(trace, length);
    while (!races_.empty() && races_.back().second >= length) {
        races_.pop_back();
    }
    while (!ties_.empty() && ties_.back().step >= length) {
        ties_.pop_back();
    }
}

// Those of earlier executions too: what follows them is other than it was, and so is what can be run before
// them.
void OptimalDpor::turn_races_round(Execution& execution) {
    const Trace& trace = execution.trace();
    for (const Race& race : races_) {
        const record::Event& second = trace[race.second];
        record::Event known = second;
        known.fixed = second.fixed && trace[race.first].fixed;
        plan(execution, race.first, {second.context, second.shape}, known);
    }
}

void OptimalDpor::turn_waits_round(Execution& execution) {
    const Trace& trace = execution.trace();
    const std::span<const ContextState> states = execution.contexts();
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (!states[i].waits || (states[i].finished && !states[i].source) || states[i].enabled) {
            continue;
        }
        const auto context = static_cast<ContextId>(i);
        const std::size_t taker = order_.taker_before(trace, context, states[i].next.place);
        if (taker < trace.size()) {
            const record::ShapeId shape = execution.trace().shapes().shape_of({&states[i].next, 1});
            plan(execution, taker, {context, shape},
                 {.fixed = !states[i].source, .is_firing = states[i].source});
        }
    }
}

// From the state before `first`: all that does not come after it, then `second`. The current branch of that
// state begins with `first`, which conflicts with `second`, so it is never one that has the sequence.
void OptimalDpor::plan(Execution& execution, std::size_t first, const PlannedStep& second,
                       const record::Event& known) {
    const Trace& trace = execution.trace();
    sequence_.clear();
    for (std::size_t i = first + 1; i < trace.size(); ++i) {
        if (!order_.ordered(first, i)) {
            sequence_.push_back(planned(trace[i]));
        }
    }
    sequence_.push_back(second);
    insert(execution, first, known);
}

// A source may wait for more than what `first` takes: who masks interrupts, and is no more to enable them
// without `first`, comes after the firing too.
void OptimalDpor::leave_out_what_stops(Execution& execution, std::size_t first) {
    const Trace& trace = execution.trace();
    const PlannedStep firing = sequence_.back();
    std::vector<std::size_t> later{first};
    sequence_.clear();
    for (std::size_t i = first + 1; i < trace.size(); ++i) {
        if (std::ranges::any_of(later, [&](std::size_t event) { return order_.ordered(event, i); })) {
            continue;
        }
        sequence_.push_back(planned(trace[i]));
        sequence_.push_back(firing);
        const bool can_fire = execution.shape_after(first, contexts_of(sequence_)).has_value();
        sequence_.resize(sequence_.size() - (can_fire ? 1 : 2));
        if (!can_fire) {
            later.push_back(i);
        }
    }
    sequence_.push_back(firing);
}

// Time may pass for any of those for whom it could.
void OptimalDpor::turn_ties_round(Execution& execution) {
    for (const Tie& tie : ties_) {
        sequence_.assign(1, {tie.context, 0});
        insert(execution, tie.step, {.fixed = false});
    }
}

void OptimalDpor::insert(Execution& execution, std::size_t first, const record::Event& known) {
    const Trace& trace = execution.trace();
    Frame& frame = frames_[first];
    if (!add_once(frame.planned, hash_of(sequence_))) {
        return;
    }
    if (!known.fixed) {
        auto shape = execution.shape_after(first, contexts_of(sequence_));
        if (!shape && known.is_firing) {
            leave_out_what_stops(execution, first);
            shape = execution.shape_after(first, contexts_of(sequence_));
        }
        if (!shape) {
            is_lost_ = is_lost_ || !known.may_wait;
            return;
        }
        sequence_.back().shape = *shape;
    }
    if (first < subtree_.prefix.size()) {
        outside_(first, describe(trace.shapes(), sequence_));
    } else if (is_unexplored(trace.shapes(), frame.asleep, sequence_)) {
        trees_.insert(trace.shapes(), frame.tree, sequence_);
    }
}

// ---- parts of the search

void OptimalDpor::leave(const Execution& execution) {
    if (!outside_) {
        return;
    }
    const Trace& trace = execution.trace();
    for (std::size_t i = subtree_.prefix.size(); i < depth_; ++i) {
        Frame& frame = frames_[i];
        OpenState& state = left_.emplace_back();
        if (i < trace.size() && i + 1 < depth_) {
            state.taken = describe(trace.shapes(), planned(trace[i]));
        }
        state.asleep = describe(trace.shapes(), frame.asleep);
        state.tree = describe(trace.shapes(), trees_, frame.tree);
        state.planned = std::move(frame.planned);
    }
    depth_ = 0;
}

// A state's branches count as equal.
double OptimalDpor::explored() const {
    double share = 1;
    double done = 0;
    for (std::size_t i = subtree_.prefix.size(); i < depth_; ++i) {
        const Frame& frame = frames_[i];
        std::size_t left = 1;
        for (WakeupTrees::Node child = trees_.first_child(frame.tree); child != WakeupTrees::kNone;
             child = trees_.next_sibling(child)) {
            ++left;
        }
        const std::size_t finished = frame.taken;
        done += share * static_cast<double>(finished) / static_cast<double>(finished + left);
        share /= static_cast<double>(finished + left);
    }
    return done;
}

}  // namespace heddle::explore
