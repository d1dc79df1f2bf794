#include "explore/past_bound.hpp"

#include <algorithm>

namespace heddle::explore {
namespace {

// A handler that ends a wait may do so at its hundredth call only.
constexpr std::size_t kMostFirings = 1000;

// A service has had a whole turn by then.
constexpr std::size_t kMostStepsBetween = 32;

}  // namespace

bool PastBound::ends_wait() {
    for (std::size_t i = 0; i < kMostFirings * end_.size(); ++i) {
        const auto source = static_cast<ContextId>(i % end_.size());
        if (machine_.contexts()[source].capped && (ends_wait(source) || others_end_wait())) {
            return true;
        }
    }
    return false;
}

bool PastBound::others_end_wait() {
    for (std::size_t steps = 0; steps < kMostStepsBetween; ++steps) {
        const ContextId context = next_to_run();
        if (context == kNoContext) {
            return false;
        }
        if (ends_wait(context)) {
            return true;
        }
    }
    return false;
}

// In turn.
ContextId PastBound::next_to_run() {
    const std::span<const ContextState> now = machine_.contexts();
    for (std::size_t i = 0; i < now.size(); ++i) {
        last_ = (last_ + 1) % now.size();
        if (now[last_].enabled && !now[last_].idles) {
            return static_cast<ContextId>(last_);
        }
    }
    return kNoContext;
}

// Runs the step. One who waits for a lock can also be interrupted, for a callback, and then wait on.
bool PastBound::ends_wait(ContextId context) {
    const bool waited = context < end_.size() && !end_[context].finished && !end_[context].source;
    if (waited && !end_[context].waits) {
        return true;
    }
    return std::ranges::any_of(run_(context).accesses, [&](const record::Access& access) {
        return (waited && record::takes(access.mode) && access.place == end_[context].next.place) ||
               (!record::only_looks(access.mode) &&
                std::ranges::find(awaited_, access.place) != awaited_.end());
    });
}

}  // namespace heddle::explore
