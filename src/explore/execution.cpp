#include "explore/execution.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace heddle::explore {
namespace {

// To which the steps between two snapshots may grow.
constexpr std::size_t kMostGap = 64;

}  // namespace

Execution::Execution(Machine& machine, const ExecutionOptions& options)
    : machine_(machine), options_(options), known_(options.most_known_bytes) {
    machine_.reset();
    look();
    first_states_ = states_;
    if (known_.is_in_use()) {
        known_.restart();
    }
}

Execution::~Execution() {
    for (const Snapshot& snapshot : snapshots_) {
        drop(snapshot);
    }
}

bool Execution::is_enabled(ContextId context) const noexcept {
    return std::ranges::binary_search(enabled_, context);
}

bool Execution::is_awaiting(ContextId context) const noexcept {
    return context < awaits_.size() && awaits_[context].has_value();
}

bool Execution::all_wake_up() const noexcept {
    return std::ranges::none_of(enabled_, [this](ContextId context) {
        return states_[context].knows_next && !states_[context].source;
    });
}

bool Execution::is_cut() const noexcept {
    return is_endless() ||
           (!failures_.empty() && failures_.back().finding.kind == record::FindingKind::step_limit);
}

bool Execution::is_endless() const noexcept {
    return !failures_.empty() && failures_.back().finding.kind == record::FindingKind::livelock;
}

void Execution::run(ContextId context) {
    if (const KnownRuns::Step* step = known_.follow(context); step != nullptr) {
        is_behind_ = true;
        trace_.push(step->event);
        states_ = step->states;
        return list_enabled();
    }
    catch_up();
    maybe_take();
    const record::StepRecord& step = run_machine(trace_.size(), context);
    if (step.finding != nullptr) {
        failures_.push_back({trace_.size(), *step.finding});
    }
    trace_.push(event_of(context, step));
    for (const record::Touch& touch : trace_.touches(trace_.back())) {
        if (touch.follows && touch.mode == record::Mode::write) {
            time_steps_.push_back(trace_.size() - 1);
        }
    }
    // What the trace does not say has to come from the machine.
    const bool says_all = step.awaits.empty() && step.finding == nullptr && time_steps_.empty();
    if (!step.awaits.empty()) {
        note_await(context, step.awaits);
    }
    look();
    says_all ? known_.add(trace_.back(), states_) : known_.leave();
}

void Execution::end_with(ContextId context) {
    const ContextState& state = states_[context];
    const record::ShapeId shape = trace_.shapes().shape_of({&state.next, state.knows_next ? 1u : 0u});
    trace_.push({.context = context, .shape = shape, .source = state.at});
}

bool Execution::go_back(std::size_t length) {
    const std::vector<record::Event> again(trace_.begin(),
                                           trace_.begin() + static_cast<std::ptrdiff_t>(length));
    restore_before(length);
    while (trace_.size() < length) {
        const record::Event& event = again[trace_.size()];
        if (!is_enabled(event.context)) {
            return false;
        }
        run(event.context);
        if (trace_.back() != event) {
            return false;
        }
    }
    return true;
}

void Execution::restart() {
    if (known_.is_in_use()) {
        return begin_as_known();
    }
    restore_before(0);
    if (options_.snapshots && snapshots_.empty()) {
        take();
    }
}

void Execution::begin_as_known() {
    keep(0);
    known_.restart();
    is_behind_ = true;
    states_ = first_states_;
    awaits_.assign(states_.size(), std::nullopt);
    list_enabled();
}

// All executions have the steps before the first snapshot in common: there was no choice.
void Execution::catch_up() {
    if (!is_behind_) {
        return;
    }
    is_behind_ = false;
    std::size_t length = 0;
    if (!snapshots_.empty() && snapshots_.front().length <= trace_.size()) {
        length = snapshots_.front().length;
        machine_.restore(snapshots_.front().id);
    } else {
        machine_.reset();
    }
    for (; length < trace_.size(); ++length) {
        static_cast<void>(run_machine(length, trace_[length].context));
    }
}

// ---- where contexts stand

void Execution::look() {
    const std::span<const ContextState> states = machine_.contexts();
    states_.assign(states.begin(), states.end());
    awaits_.resize(std::max(awaits_.size(), states_.size()));
    if (waiting_ != 0 && options_.awaits == Awaits::wake) {
        wake_waiting();
    } else if (waiting_ != 0 && !trace_.empty()) {
        wake_for_good();
    }
    list_enabled();
}

void Execution::list_enabled() {
    awaits_.resize(std::max(awaits_.size(), states_.size()));
    enabled_.clear();
    for (std::size_t context = 0; context < states_.size(); ++context) {
        if (states_[context].enabled && !awaits_[context]) {
            enabled_.push_back(static_cast<ContextId>(context));
        }
    }
}

void Execution::note_await(ContextId context, std::span<const Place> places) {
    awaits_.resize(std::max<std::size_t>(awaits_.size(), context + 1u));
    awaits_[context] = Await{trace_.size() - 1, {places.begin(), places.end()}};
    ++waiting_;
}

// Asked after each step: what came before the last one has been looked at.
void Execution::wake_waiting() {
    for (std::size_t i = 0; i < awaits_.size(); ++i) {
        const auto context = static_cast<ContextId>(i);
        if (awaits_[i] &&
            (awaits_[i]->step + 1 == trace_.size() ? is_written_since(context, *awaits_[i])
                                                   : is_written_by_last(context, *awaits_[i]))) {
            awaits_[i].reset();
            --waiting_;
        }
    }
}

// What comes after time has passed cannot come before the turn, and what no step of the context has read yet,
// but only the turn that it would make, is no race with any: no execution has it the other way round, and so
// the loop has to go on in this one.
void Execution::wake_for_good() {
    const std::size_t last = trace_.size() - 1;
    for (const record::Touch& touch : trace_.touches(trace_[last])) {
        const Place place = trace_.shapes().place(touch.place);
        for (std::size_t i = 0; i < awaits_.size() && !record::only_looks(touch.mode); ++i) {
            const std::optional<Await>& await = awaits_[i];
            if (await && i != trace_[last].context &&
                std::ranges::find(await->places, place) != await->places.end() &&
                (was_time_passed_since(await->step) ||
                 !last_touch(static_cast<ContextId>(i), await->step, touch.place))) {
                woken_.push_back({last, static_cast<ContextId>(i), place, *await});
                awaits_[i].reset();
                --waiting_;
            }
        }
    }
}

bool Execution::was_time_passed_since(std::size_t step) const {
    return !time_steps_.empty() && time_steps_.back() > step;
}

// The place that the context's next step comes after; null if it has not just been woken.
const Place* Execution::woken_by(ContextId context) const {
    for (auto woken = woken_.rbegin(); woken != woken_.rend(); ++woken) {
        if (woken->context == context) {
            const bool has_run =
                std::any_of(trace_.begin() + static_cast<std::ptrdiff_t>(woken->step) + 1, trace_.end(),
                            [context](const record::Event& event) { return event.context == context; });
            return has_run ? nullptr : &woken->place;
        }
    }
    return nullptr;
}

record::Event Execution::event_of(ContextId context, const record::StepRecord& step) {
    const Place* place = woken_by(context);
    if (place == nullptr) {
        return trace_.event_of(context, step);
    }
    accesses_.assign(step.accesses.begin(), step.accesses.end());
    std::erase_if(accesses_, [place](const record::Access& access) {
        return access.place == *place && access.mode == record::Mode::read;
    });
    accesses_.push_back({.place = *place, .mode = record::Mode::read, .follows = true});
    record::StepRecord later = step;
    later.accesses = accesses_;
    return trace_.event_of(context, later);
}

bool Execution::is_written_since(ContextId context, const Await& await) {
    return std::ranges::any_of(await.places, [&](Place place) {
        const record::PlaceIndex index = trace_.shapes().index_of(place);
        const std::optional<std::size_t> read = last_touch(context, await.step, index);
        return is_written_after(read.value_or(await.step), context, index);
    });
}

bool Execution::is_written_by_last(ContextId context, const Await& await) const {
    return trace_.back().context != context &&
           std::ranges::any_of(trace_.touches(trace_.back()), [&](const record::Touch& touch) {
               return !record::only_looks(touch.mode) &&
                      std::ranges::find(await.places, trace_.shapes().place(touch.place)) !=
                          await.places.end();
           });
}

// The context's last step, up to `step`, that touched the place. A loop asks in each turn about what it has
// never touched, after however many steps.
std::optional<std::size_t> Execution::last_touch(ContextId context, std::size_t step,
                                                 record::PlaceIndex place) {
    std::size_t& untouched = untouched_[{context, place}];
    for (std::size_t i = step + 1; i-- > untouched;) {
        if (trace_[i].context == context &&
            std::ranges::any_of(trace_.touches(trace_[i]),
                                [place](const record::Touch& touch) { return touch.place == place; })) {
            return i;
        }
    }
    untouched = std::max(untouched, step + 1);
    return std::nullopt;
}

bool Execution::is_written_after(std::size_t step, ContextId reader, record::PlaceIndex place) const {
    for (std::size_t later = step + 1; later < trace_.size(); ++later) {
        if (trace_[later].context != reader &&
            std::ranges::any_of(trace_.touches(trace_[later]), [&](const record::Touch& touch) {
                return touch.place == place && !record::only_looks(touch.mode);
            })) {
            return true;
        }
    }
    return false;
}

// ---- the way back

std::optional<record::ShapeId> Execution::shape_after(std::size_t length,
                                                      std::span<const ContextId> contexts) {
    const std::optional<std::size_t> here = run_others(length, contexts.first(contexts.size() - 1));
    if (!here || !can_run(contexts.back())) {
        return {};
    }
    return trace_.shapes().shape_of(run_machine(*here, contexts.back()).accesses);
}

std::vector<Way> Execution::ways_after(std::size_t length, std::span<const ContextId> contexts) {
    const std::optional<std::size_t> here = run_others(length, contexts.first(contexts.size() - 1));
    if (!here || !can_run(contexts.back())) {
        return {};
    }
    const auto run = [&](std::size_t steps, ContextId context) -> const record::StepRecord& {
        return run_machine(*here + steps, context);
    };
    return Ways(machine_, trace_.shapes(), run).find(contexts.back());
}

// From the state after the first `length` steps. Returns how many there are then; nothing: one of them cannot
// run.
std::optional<std::size_t> Execution::run_others(std::size_t length, std::span<const ContextId> contexts) {
    catch_up();
    std::size_t from = 0;
    for (auto snapshot = snapshots_.rbegin(); snapshot != snapshots_.rend(); ++snapshot) {
        if (snapshot->length <= length) {
            from = snapshot->length;
            machine_.restore(snapshot->id);
            break;
        }
    }
    if (snapshots_.empty() || snapshots_.front().length > length) {
        machine_.reset();
    }
    for (; from < length; ++from) {
        static_cast<void>(run_machine(from, trace_[from].context));
    }
    for (BlockReader blocks({contexts.begin(), contexts.end()}); !blocks.is_over();) {
        const ContextId context = blocks.next() == kToEnd ? innermost_handler() : blocks.next();
        if (!can_run(context)) {
            return std::nullopt;
        }
        const record::StepRecord& step = run_machine(from++, context);
        blocks.ran(step.begins_handler, step.ends_handler);
    }
    return from;
}

ContextId Execution::innermost_handler() {
    const std::span<const ContextState> states = machine_.contexts();
    const auto runs = [](const ContextState& state) { return state.enabled && !state.source; };
    return static_cast<ContextId>(std::ranges::find_if(states, runs) - states.begin());
}

bool Execution::can_run(ContextId context) {
    const std::span<const ContextState> states = machine_.contexts();
    return context < states.size() && states[context].enabled;
}

const record::StepRecord& Execution::run_machine(std::size_t length, ContextId context) {
    ++steps_run_;
    if (options_.gauges != nullptr) {
        options_.gauges->note_step(length, context);
    }
    return machine_.run(context);
}

void Execution::keep(std::size_t length) {
    trace_.keep(length);
    while (!failures_.empty() && failures_.back().step >= length) {
        failures_.pop_back();
    }
    while (!time_steps_.empty() && time_steps_.back() >= length) {
        time_steps_.pop_back();
    }
    for (auto& [_, untouched] : untouched_) {
        untouched = std::min(untouched, length);
    }
    if (waiting_ == 0 && woken_.empty()) {
        return;
    }
    // With Awaits::wake, one that was waiting at that length and has been woken since must not be lost.
    require(options_.awaits == Awaits::stay || length == 0,
            "a way back into the middle while contexts can wake");
    for (std::optional<Await>& await : awaits_) {
        if (await && await->step >= length) {
            await.reset();
            --waiting_;
        }
    }
    for (; !woken_.empty() && woken_.back().step >= length; woken_.pop_back()) {
        Woken& woken = woken_.back();
        if (woken.await.step < length) {
            awaits_[woken.context] = std::move(woken.await);
            ++waiting_;
        }
    }
}

void Execution::restore_before(std::size_t length) {
    known_.leave();
    is_behind_ = false;
    while (!snapshots_.empty() && snapshots_.back().length > length) {
        drop(snapshots_.back());
        snapshots_.pop_back();
    }
    if (snapshots_.empty()) {
        keep(0);
        machine_.reset();
    } else {
        keep(snapshots_.back().length);
        machine_.restore(snapshots_.back().id);
    }
    look();
}

void Execution::maybe_take() {
    if (!options_.snapshots || enabled_.size() < 2) {
        return;
    }
    if (!snapshots_.empty() && trace_.size() < snapshots_.back().length + options_.snapshot_gap) {
        return;
    }
    while (snapshots_.size() >= options_.most_snapshots ||
           (snapshot_bytes_ >= options_.most_snapshot_bytes && !snapshots_.empty())) {
        thin_out();
    }
    take();
}

void Execution::take() {
    const SnapshotId id = machine_.take();
    snapshots_.push_back({trace_.size(), id, machine_.bytes_of(id)});
    snapshot_bytes_ += snapshots_.back().bytes;
}

void Execution::drop(const Snapshot& snapshot) {
    snapshot_bytes_ -= snapshot.bytes;
    machine_.drop(snapshot.id);
}

// Every second one, the longest too: what is far from the end is seldom gone back to. With fewer of them,
// they are to be farther apart from now on, or each new one would cost a thinning out.
void Execution::thin_out() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < snapshots_.size(); ++i) {
        if (i % 2 == 0 && i + 1 != snapshots_.size()) {
            snapshots_[kept++] = snapshots_[i];
        } else {
            drop(snapshots_[i]);
        }
    }
    snapshots_.resize(kept);
    if (options_.snapshot_gap < kMostGap) {
        options_.snapshot_gap += options_.snapshot_gap / 2;
    }
}

}  // namespace heddle::explore
