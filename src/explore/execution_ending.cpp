// What the end of an execution means.
#include <algorithm>

#include "explore/detect/deadlock.hpp"
#include "explore/execution.hpp"
#include "explore/past_bound.hpp"

namespace heddle::explore {

Ending Execution::ending() {
    Ending ending;
    bool is_deadlock = false;
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const auto context = static_cast<ContextId>(i);
        if (awaits_[i]) {
            ending.partial |= is_written_since(context, *awaits_[i]);
            if (states_[i].finished) {
                continue;  // nobody is there any more whom it could serve
            }
            ending.bounded |= std::ranges::any_of(
                awaits_[i]->places, [this](Place place) { return machine_.changes_by_itself(place); });
            ending.findings.push_back({.kind = record::FindingKind::livelock,
                                       .context = context,
                                       .source = trace_[awaits_[i]->step].source});
        } else if (!states_[i].finished && !states_[i].source) {
            is_deadlock = true;
        }
    }
    if (is_deadlock) {
        ending.findings.push_back(detect::deadlock_finding(trace_, states_));
    }
    ending.blocked = !ending.findings.empty();
    if (ending.blocked && !ending.partial && !ending.bounded) {
        ending.bounded = bound_stops_it();
    }
    if (ending.partial || ending.bounded) {
        ending.blocked = false;
        ending.findings.clear();
    }
    return ending;
}

bool Execution::bound_stops_it() {
    if (std::ranges::none_of(states_, &ContextState::capped)) {
        return false;
    }
    catch_up();
    const SnapshotId here = machine_.take();
    const bool ends =
        PastBound(
            machine_, states_, awaited_places(),
            [this](ContextId context) -> const auto& { return run_machine(trace_.size(), context); })
            .ends_wait();
    machine_.restore(here);
    machine_.drop(here);
    return ends;
}

// A service that has ended waits for nothing.
std::vector<Place> Execution::awaited_places() const {
    std::vector<Place> places;
    for (std::size_t i = 0; i < awaits_.size(); ++i) {
        if (awaits_[i] && !states_[i].finished) {
            places.insert(places.end(), awaits_[i]->places.begin(), awaits_[i]->places.end());
        }
    }
    return places;
}

}  // namespace heddle::explore
