#include "explore/strategies/happens_before.hpp"

#include <algorithm>

namespace heddle::explore {

void HappensBefore::push(const Trace& trace, std::vector<Race>& races) {
    const ContextId context = trace.back().context;
    start_row(trace);
    visits_.resize(std::max(visits_.size(), trace.shapes().places()));
    find_given_up(trace, races);
    candidates_.clear();
    find_candidates(trace, context);
    if (trace.back().may_wait) {
        find_interruptions(trace, races);
    }
    order_candidates(clocks_.row(trace.size() - 1), trace.size() - 1, races);
    note_visits(trace);
}

bool HappensBefore::is_tie(const Trace& trace, bool all_wake_up) {
    const auto touches = trace.touches(trace.back());
    // Who looks at anything when it wakes up, as for a callback, does more.
    return !(all_wake_up && touches.size() == 1) &&
           std::ranges::any_of(touches, [](const record::Touch& touch) {
               return touch.follows && touch.mode == record::Mode::write;
           });
}

void HappensBefore::start_row(const Trace& trace) {
    const record::Event& event = trace.back();
    std::size_t most = event.context;
    event.for_each_started([&](ContextId started) { most = std::max<std::size_t>(most, started); });
    if (most >= events_of_.size()) {
        clocks_.widen(most + 1);
        events_of_.resize(most + 1);
        creator_.resize(most + 1, kNone);
    }
    std::vector<std::size_t>& own = events_of_[event.context];
    const std::size_t previous = own.empty() ? creator_[event.context] : own.back();
    record::Tick* clock = clocks_.add();
    if (previous != kNone) {
        std::copy_n(clocks_.row(previous), clocks_.width(), clock);
    }
    own.push_back(trace.size() - 1);
    clock[event.context] = static_cast<record::Tick>(own.size());
    contexts_.push_back(event.context);
    sequence_.push_back(static_cast<record::Tick>(own.size()));
    event.for_each_started([&](ContextId started) { creator_[started] = trace.size() - 1; });
}

void HappensBefore::find_candidates(const Trace& trace, ContextId context) {
    for (const record::Touch& touch : trace.touches(trace.back())) {
        find_candidates(touch, context);
    }
    // What could not have run before an event in one way is no race with it in another.
    std::ranges::sort(candidates_, [](const Candidate& a, const Candidate& b) {
        return a.event != b.event ? a.event > b.event : a.follows && !b.follows;
    });
}

// Why a wait could end only now, that time has passed, says nothing of the step before the place was taken.
void HappensBefore::find_given_up(const Trace& trace, std::vector<Race>& races) const {
    const std::size_t event = trace.size() - 1;
    for (const record::Touch& touch : trace.touches(trace.back())) {
        if (touch.mode != record::Mode::give_up) {
            continue;
        }
        const Visits& visits = visits_[touch.place];
        const std::size_t found = taker(visits, visits.total);
        if (found != kNone && contexts_[found] != contexts_[event] && !covers(clocks_.row(event), found)) {
            races.push_back({found, event});
        }
    }
}

void HappensBefore::find_candidates(const record::Touch& touch, ContextId context) {
    const Visits& visits = visits_[touch.place];
    if (!record::only_looks(touch.mode)) {
        add_latest(visits, visits.looks, touch, context);
    }
    if (touch.mode != record::Mode::update) {
        add_latest(visits, visits.updates, touch, context);
    }
    if (visits.total == kNone) {
        return;
    }
    const Visit& total = visits.all[visits.total];
    if (contexts_[total.event] != context) {
        // An interrupt passes what frees its source, and takes nothing.
        const bool waited = waits(touch.mode) || (touch.follows && touch.mode == record::Mode::update);
        const bool is_release = waited && total.mode == record::Mode::release;
        const std::size_t freed = is_release ? taker(visits, total.before) : kNone;
        candidates_.push_back({total.event, freed, freed != kNone || touch.follows});
    }
}

void HappensBefore::add_latest(const Visits& visits, const std::vector<std::size_t>& latest,
                               const record::Touch& touch, ContextId context) {
    for (std::size_t other = 0; other < latest.size(); ++other) {
        const std::size_t visit = latest[other];
        if (other != context && visit != kNone && (visits.total == kNone || visit > visits.total)) {
            candidates_.push_back({visits.all[visit].event, kNone, touch.follows});
        }
    }
}

// Who had the place once that visit was made; kNone if it was free.
std::size_t HappensBefore::taker(const Visits& visits, std::size_t total) {
    return total != kNone && takes(visits.all[total].mode) ? visits.all[total].event : kNone;
}

std::size_t& HappensBefore::Visits::latest(record::Mode mode, ContextId context) noexcept {
    return record::is_total(mode) ? total : (mode == record::Mode::update ? updates : looks)[context];
}

void HappensBefore::Visits::push(std::size_t event, record::Mode mode, ContextId context) {
    if (!record::is_total(mode)) {
        std::vector<std::size_t>& by_context = mode == record::Mode::update ? updates : looks;
        by_context.resize(std::max<std::size_t>(by_context.size(), context + 1u), kNone);
    }
    std::size_t& place = latest(mode, context);
    all.push_back({event, mode, place});
    place = all.size() - 1;
}

void HappensBefore::Visits::pop(ContextId context) noexcept {
    latest(all.back().mode, context) = all.back().before;
    all.pop_back();
}

// Before what ended its wait, the context could have been interrupted. An interrupt that let somebody go on,
// so that time did not pass, could have come later.
void HappensBefore::find_interruptions(const Trace& trace, std::vector<Race>& races) const {
    const std::size_t event = trace.size() - 1;
    for (const Candidate& candidate : candidates_) {
        const bool ends_wait =
            candidate.follows && candidate.taker == kNone && !trace[candidate.event].is_firing;
        if (!ends_wait && !covers(clocks_.row(event), candidate.event)) {
            races.push_back({candidate.event, event});
        }
    }
}

// The place was taken while another one was that the event waited for too: then it is the other's taker that
// the event could come before.
bool HappensBefore::is_within_another(const Candidate& candidate) const {
    return std::ranges::any_of(candidates_, [&](const Candidate& other) {
        return other.taker != kNone && other.taker != candidate.taker &&
               ordered(other.taker, candidate.taker) && !ordered(other.event, candidate.taker);
    });
}

// From the latest on: what one of them comes after is no race with the event. What waited for a release races
// with whoever took the place, unless it comes after that by other ways than the release.
void HappensBefore::order_candidates(record::Tick* clock, std::size_t event, std::vector<Race>& races) {
    for (const Candidate& candidate : candidates_) {
        if (candidate.taker != kNone && !covers(clock, candidate.taker) && !is_within_another(candidate)) {
            races.push_back({candidate.taker, event});
        }
        if (covers(clock, candidate.event)) {
            continue;
        }
        if (!candidate.follows) {
            races.push_back({candidate.event, event});
        }
        clocks_.join(clock, clocks_.row(candidate.event));
    }
}

void HappensBefore::note_visits(const Trace& trace) {
    for (const record::Touch& touch : trace.touches(trace.back())) {
        visits_[touch.place].push(trace.size() - 1, touch.mode, trace.back().context);
    }
}

void HappensBefore::keep(const Trace& trace, std::size_t count) {
    for (std::size_t i = contexts_.size(); i-- > count;) {
        for (const record::Touch& touch : trace.touches(trace[i])) {
            visits_[touch.place].pop(contexts_[i]);
        }
        events_of_[contexts_[i]].pop_back();
    }
    clocks_.keep(count);
    contexts_.resize(count);
    sequence_.resize(count);
}

// Who had the place before that event; kNone if it was free.
std::size_t HappensBefore::taker_at(const Trace& trace, Place place, std::size_t event) const {
    const record::PlaceIndex index = trace.shapes().index_of(place);
    if (index >= visits_.size()) {
        return kNone;
    }
    const Visits& visits = visits_[index];
    std::size_t total = visits.total;
    while (total != kNone && visits.all[total].event >= event) {
        total = visits.all[total].before;
    }
    return taker(visits, total);
}

std::size_t HappensBefore::taker_before(const Trace& trace, ContextId context,
                                        const ContextState& state) const {
    std::size_t found = taker_at(trace, state.next.place, trace.size());
    // While one of the two places was taken, or the other one, the step could not have run.
    for (std::size_t before = found; state.also_waits_for && before != kNone;) {
        before = std::min(taker_at(trace, state.next.place, before),
                          taker_at(trace, *state.also_waits_for, before));
        found = before == kNone ? found : before;
    }
    if (found == kNone || contexts_[found] == context) {
        return trace.size();
    }
    const std::size_t previous = context >= events_of_.size()   ? kNone
                                 : !events_of_[context].empty() ? events_of_[context].back()
                                                                : creator_[context];
    if (previous != kNone && covers(clocks_.row(previous), found)) {
        return trace.size();
    }
    return found;
}

}  // namespace heddle::explore
