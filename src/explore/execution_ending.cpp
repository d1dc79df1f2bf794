// What the end of an execution means.
#include <algorithm>

#include "explore/detect/deadlock.hpp"
#include "explore/execution.hpp"

namespace heddle::explore {
namespace {

// How often sources fire beyond their bound, to see whether a wait would have ended.
constexpr std::size_t kMostPastBound = 1000;

}  // namespace

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

// A handler that ends a wait may do so at its hundredth call only.
bool Execution::bound_stops_it() {
    const auto first = std::ranges::find_if(states_, &ContextState::capped);
    if (first == states_.end()) {
        return false;
    }
    catch_up();
    const SnapshotId here = machine_.take();
    bool goes_on = false;
    for (std::size_t i = 0; i < kMostPastBound * states_.size() && !goes_on; ++i) {
        const std::size_t context = i % states_.size();
        goes_on = machine_.contexts()[context].capped && lets_go_on(static_cast<ContextId>(context));
    }
    machine_.restore(here);
    machine_.drop(here);
    return goes_on;
}

bool Execution::lets_go_on(ContextId source) {
    for (const record::Access& access : run_machine(trace_.size(), source).accesses) {
        if (!record::only_looks(access.mode) && is_awaited(access.place)) {
            return true;
        }
    }
    const std::span<const ContextState> now = machine_.contexts();
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (now[i].enabled && !(i < awaits_.size() && awaits_[i])) {
            return true;
        }
    }
    return false;
}

bool Execution::is_awaited(Place place) const {
    return std::ranges::any_of(awaits_, [place](const std::optional<Await>& await) {
        return await && std::ranges::find(await->places, place) != await->places.end();
    });
}

}  // namespace heddle::explore
