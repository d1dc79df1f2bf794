#include "explore/strategies/optimal_dpor.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"

namespace heddle::explore {
namespace {

// A few megabytes. What is forgotten is looked for once more.
constexpr std::size_t kMostKnownWays = 100'000;

// To tell another process of a step takes some hundred bytes here and there; so many steps are told at any
// time.
constexpr std::size_t kBytesOfToldStep = 1024;
constexpr std::size_t kLeastToldSteps = 2000;

bool has(const Sequence& steps, ContextId context) {
    return std::ranges::find(steps, context, &PlannedStep::context) != steps.end();
}

}  // namespace

void OptimalDpor::start(Execution& execution) {
    moves_.start(execution.trace());
    const Names names{execution.trace().shapes(), blocks_};
    first_asleep_ = understand(names, subtree_.asleep);
    if (!subtree_.tree.entries.empty()) {
        branch_ = understand(names, trees_, subtree_.tree);
    }
}

ContextId OptimalDpor::choose(const Execution& execution) {
    if (moves_.is_open()) {
        return go_on_in_move(execution);
    }
    const std::size_t here = moves_.size();
    block_ = BlockReader();
    enabled_.assign(execution.enabled().begin(), execution.enabled().end());
    due_.clear();
    std::ranges::copy_if(enabled_, std::back_inserter(due_),
                         [&](ContextId context) { return execution.contexts()[context].due; });
    all_wake_up_ = execution.all_wake_up();
    if (here < subtree_.prefix.size()) {
        frames_.resize(std::max(frames_.size(), ++depth_));
        const DescribedStep& step = subtree_.prefix[here];
        require(execution.is_enabled(step.context), "a part of the search does not begin as it did");
        block_ = BlockReader(step.block);
        return step.context;
    }
    Frame& frame = here < depth_ ? frames_[here] : open_frame();
    skip_turns(execution, frame);
    if (trees_.is_empty(frame.tree)) {
        return first_awake(execution, frame);
    }
    branch_ = trees_.take_first(frame.tree);
    const auto [context, shape, block] = trees_.step(branch_);
    block_ = BlockReader(blocks_[block]);
    return enabled_or_lost(execution, context);
}

// As planned, or else the handler to its end.
ContextId OptimalDpor::go_on_in_move(const Execution& execution) {
    if (!block_.is_over() && block_.next() != kToEnd) {
        return enabled_or_lost(execution, block_.next());
    }
    const auto runs = [&](ContextId context) { return !execution.contexts()[context].source; };
    return *std::ranges::find_if(execution.enabled(), runs);
}

ContextId OptimalDpor::enabled_or_lost(const Execution& execution, ContextId context) {
    is_lost_ = is_lost_ || !execution.is_enabled(context);
    return execution.is_enabled(context) ? context : kNoContext;
}

// Where others ran first, a turn of a loop can be one that has to wait again: it counts for nothing, and what
// is planned comes without it.
void OptimalDpor::skip_turns(const Execution& execution, Frame& frame) {
    while (!trees_.is_empty(frame.tree)) {
        const WakeupTrees::Node next = trees_.first_child(frame.tree);
        const auto [context, shape, block] = trees_.step(next);
        const auto is_it = [context = context, block = block](const PlannedStep& step) {
            return step.context == context && step.block == block;
        };
        const bool is_explored = frame.has_skipped && std::ranges::any_of(frame.asleep, is_it);
        if (!is_explored && !execution.is_awaiting(context)) {
            return;
        }
        static_cast<void>(trees_.take_first(frame.tree));
        if (is_explored) {
            trees_.free_all(next);
        } else {
            frame.has_skipped = true;
            trees_.merge(frame.tree, next);
        }
    }
}

OptimalDpor::Frame& OptimalDpor::open_frame() {
    if (depth_ == frames_.size()) {
        frames_.emplace_back();
    }
    Frame& frame = frames_[depth_++];
    frame.tree = branch_ == WakeupTrees::kNone ? trees_.make_root() : branch_;
    branch_ = WakeupTrees::kNone;
    frame.planned.clear();
    frame.taken = 0;
    frame.has_skipped = false;
    inherit_sleep(frame);
    return frame;
}

void OptimalDpor::inherit_sleep(Frame& frame) {
    frame.asleep.clear();
    if (depth_ == subtree_.prefix.size() + 1) {
        frame.asleep = first_asleep_;
        return;
    }
    const PlannedStep last = moves_.planned(depth_ - 2);
    for (const PlannedStep& step : frames_[depth_ - 2].asleep) {
        if (independent(moves_.trace().shapes(), step, last)) {
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
    if (!block_.is_over()) {
        const record::Event& event = execution.trace().back();
        block_.ran(event.begins_handler, event.ends_handler);
    }
    if (!moves_.push(execution.trace())) {
        return;
    }
    const Trace& trace = moves_.trace();
    order_.push(trace, races_);
    note_ties(execution);
}

void OptimalDpor::note_ties(const Execution& execution) {
    const Trace& trace = moves_.trace();
    const bool is_tie = enabled_.size() > 1 && HappensBefore::is_tie(trace, all_wake_up_);
    for (const ContextId context : is_tie ? enabled_ : due_) {
        const bool can_go_on = !is_tie && execution.contexts()[context].due;
        if (context != trace.back().context && !execution.contexts()[context].source && !can_go_on) {
            ties_.push_back({trace.size() - 1, context});
        }
    }
}

std::optional<std::size_t> OptimalDpor::finish(Execution& execution) {
    const Trace& trace = moves_.trace();
    if (moves_.is_open()) {
        moves_.close(execution.trace());
        order_.push(trace, races_);
    }
    if (branch_ != WakeupTrees::kNone) {
        trees_.free_all(branch_);
        branch_ = WakeupTrees::kNone;
    }
    turn_races_round(execution);
    turn_waits_round(execution);
    turn_ways_round(execution);
    turn_ties_round(execution);
    if (depth_ > trace.size()) {  // cut short: it was asked at the end
        trees_.free_all(frames_[--depth_].tree);
    }
    while (depth_ > subtree_.prefix.size()) {
        Frame& frame = frames_[depth_ - 1];
        frame.asleep.push_back(moves_.planned(depth_ - 1));
        ++frame.taken;
        if (!trees_.is_empty(frame.tree)) {
            const std::size_t length = moves_.begin_of(depth_ - 1);
            forget_after(depth_ - 1);
            return length;
        }
        trees_.free(frame.tree);
        --depth_;
    }
    return std::nullopt;
}

void OptimalDpor::forget_after(std::size_t length) {
    order_.keep(moves_.trace(), length);
    moves_.keep(length);
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
    const Trace& trace = moves_.trace();
    for (const Race& race : races_) {
        const record::Event& second = trace[race.second];
        record::Event known = second;
        known.fixed = second.fixed && trace[race.first].fixed;
        plan(execution, race.first, moves_.planned(race.second), known);
    }
}

// Instead of what has interrupted a handler, or of nothing.
void OptimalDpor::turn_ways_round(Execution& execution) {
    for (std::size_t i = 0; i < moves_.size(); ++i) {
        const record::Event& move = moves_.trace()[i];
        if (move.is_firing && execution.contexts()[move.context].interruptible) {
            plan(execution, i, moves_.planned(i), {.fixed = false});
        }
    }
}

void OptimalDpor::turn_waits_round(Execution& execution) {
    const Trace& trace = moves_.trace();
    const std::span<const ContextState> states = execution.contexts();
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (!states[i].waits || (states[i].finished && !states[i].source) || states[i].enabled) {
            continue;
        }
        const auto context = static_cast<ContextId>(i);
        const std::size_t taker = order_.taker_before(trace, context, states[i]);
        if (taker < trace.size()) {
            const record::ShapeId shape = execution.trace().shapes().shape_of({&states[i].next, 1});
            // A handler that disarms its own source leaves no trace of that: it may be another wait.
            const bool has_fired = std::any_of(trace.begin(), trace.end(), [&](const record::Event& event) {
                return states[i].source && event.context == context;
            });
            plan(execution, taker, {context, shape},
                 {.fixed = !states[i].source, .may_wait = has_fired, .is_firing = states[i].source});
        }
    }
}

// From the state before `first`: all that does not come after it, then `second`.
void OptimalDpor::plan(Execution& execution, std::size_t first, const PlannedStep& second,
                       const record::Event& known) {
    sequence_.clear();
    steps_.clear();
    for (std::size_t i = first + 1; i < moves_.size(); ++i) {
        if (!order_.ordered(first, i)) {
            sequence_.push_back(moves_.planned(i));
            add_steps(sequence_.back());
        }
    }
    sequence_.push_back({second.context, second.shape});
    steps_.push_back(second.context);
    insert(execution, first, known);
}

void OptimalDpor::add_steps(const PlannedStep& move) {
    const Schedule& block = blocks_[move.block];
    steps_.insert(steps_.end(), block.begin(), block.end());
    if (block.empty()) {
        steps_.insert(steps_.end(), {move.context, kToEnd});
    }
}

// A source may wait for more than what `first` takes: who masks interrupts, and is no more to enable them
// without `first`, comes after the firing too.
void OptimalDpor::leave_out_what_stops(Execution& execution, std::size_t first) {
    const PlannedStep firing = sequence_.back();
    std::vector<std::size_t> later{first};
    sequence_.clear();
    steps_.clear();
    for (std::size_t i = first + 1; i < moves_.size(); ++i) {
        if (std::ranges::any_of(later, [&](std::size_t move) { return order_.ordered(move, i); })) {
            continue;
        }
        const std::size_t steps = steps_.size();
        add_steps(moves_.planned(i));
        steps_.push_back(firing.context);
        const bool can_fire = execution.shape_after(moves_.begin_of(first), steps_).has_value();
        steps_.pop_back();
        if (can_fire) {
            sequence_.push_back(moves_.planned(i));
        } else {
            steps_.resize(steps);
            later.push_back(i);
        }
    }
    sequence_.push_back(firing);
    steps_.push_back(firing.context);
}

// Any of those can come first.
void OptimalDpor::turn_ties_round(Execution& execution) {
    for (const Tie& tie : ties_) {
        sequence_.assign(1, {tie.context, 0});
        steps_.assign(1, tie.context);
        insert(execution, tie.step, {.fixed = false});
    }
}

void OptimalDpor::insert(Execution& execution, std::size_t first, const record::Event& known) {
    if (!add_once(frames_[first].planned, hash_of(blocks_, sequence_))) {
        return;
    }
    if (execution.contexts()[sequence_.back().context].interruptible) {
        return insert_ways(execution, first, known);
    }
    if (!known.fixed) {
        auto shape = execution.shape_after(moves_.begin_of(first), steps_);
        if (!shape && known.is_firing) {
            leave_out_what_stops(execution, first);
            shape = execution.shape_after(moves_.begin_of(first), steps_);
        }
        if (!shape) {
            is_lost_ = is_lost_ || !known.may_wait;
            return;
        }
        sequence_.back().shape = *shape;
    }
    if (is_other(first) || !comes_later_too(execution, first)) {
        insert_sequence(execution, first);
    }
}

// Does `first` come after it now? Where it does something else than in this execution, that need not be so.
bool OptimalDpor::is_other(std::size_t first) const {
    return find_in(moves_.trace().shapes(), sequence_, moves_.planned(first)).standing == Standing::later;
}

// With `first` before it, it does the same: then the current branch has that.
bool OptimalDpor::comes_later_too(Execution& execution, std::size_t first) {
    const std::vector<ContextId> steps = std::exchange(steps_, {});
    add_steps(moves_.planned(first));
    steps_.insert(steps_.end(), steps.begin(), steps.end());
    return execution.shape_after(moves_.begin_of(first), steps_) == sequence_.back().shape;
}

// Another part of the search has had them, from the same state: whoever has this state knows them.
bool OptimalDpor::knows_ways(std::size_t first) {
    if (known_ways_ == nullptr) {
        return false;
    }
    Sequence path;
    for (std::size_t i = 0; i < first; ++i) {
        path.push_back(moves_.planned(i));
    }
    if (known_ways_->size() >= kMostKnownWays) {
        known_ways_->clear();
    }
    const std::uint64_t hash = hash_of(blocks_, path) * 31 + hash_of(blocks_, sequence_);
    return !known_ways_->insert(hash).second;
}

void OptimalDpor::insert_ways(Execution& execution, std::size_t first, const record::Event& known) {
    if (knows_ways(first)) {
        return;
    }
    std::vector<Way> ways = execution.ways_after(moves_.begin_of(first), steps_);
    if (ways.empty() && known.is_firing) {
        leave_out_what_stops(execution, first);
        ways = execution.ways_after(moves_.begin_of(first), steps_);
    }
    is_lost_ = is_lost_ || (ways.empty() && !known.may_wait);
    const Sequence sequence = sequence_;
    for (const Way& way : ways) {
        sequence_ = sequence;
        sequence_.back().shape = way.shape;
        sequence_.back().block = blocks_.id_of(way.block);
        // The current branch may have it.
        if (is_other(first)) {
            insert_sequence(execution, first);
        }
    }
}

void OptimalDpor::insert_sequence(Execution& execution, std::size_t first) {
    record::Shapes& shapes = execution.trace().shapes();
    Frame& frame = frames_[first];
    if (first < subtree_.prefix.size()) {
        outside_(first, describe({shapes, blocks_}, sequence_));
    } else if (is_unexplored(shapes, frame.asleep, sequence_)) {
        trees_.insert(shapes, frame.tree, sequence_);
    }
}

// ---- parts of the search

// Whoever is told of it has it in memory, and so has the one that tells.
bool OptimalDpor::can_be_divided() const noexcept {
    return trees_.steps() <= std::max(kLeastToldSteps, most_in_memory_ / kBytesOfToldStep);
}

void OptimalDpor::leave(Execution& execution) {
    if (!outside_) {
        return;
    }
    const Names names{execution.trace().shapes(), blocks_};
    for (std::size_t i = subtree_.prefix.size(); i < depth_; ++i) {
        Frame& frame = frames_[i];
        OpenState& state = left_.emplace_back();
        if (i < moves_.size() && i + 1 < depth_) {
            state.taken = describe(names, moves_.planned(i));
        }
        state.asleep = describe(names, frame.asleep);
        state.tree = describe(names, trees_, frame.tree);
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
