#include "explore/detect/deadlock.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace heddle::explore::detect {
namespace {

void find_holder(const record::Trace& trace, Wait& wait) {
    for (std::size_t i = trace.size(); i-- != 0;) {
        for (const record::Touch& touch : trace.touches(trace[i])) {
            if (record::takes(touch.mode) && trace.shapes().place(touch.place) == wait.place) {
                wait.holder = trace[i].context;
                wait.taken_at = trace[i].source;
                return;
            }
        }
    }
}

const Wait* wait_of(std::span<const Wait> waits, ContextId context) {
    const auto wait = std::ranges::find(waits, context, &Wait::context);
    return wait == waits.end() ? nullptr : &*wait;
}

}  // namespace

std::vector<Wait> find_waits(const record::Trace& trace, std::span<const ContextState> contexts) {
    std::vector<Wait> waits;
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        const ContextState& state = contexts[i];
        if (state.finished || state.source || state.enabled) {
            continue;
        }
        Wait wait{static_cast<ContextId>(i), state.at};
        if (state.waits) {
            wait.place = state.next.place;
            find_holder(trace, wait);
        }
        waits.push_back(wait);
    }
    return waits;
}

std::vector<Wait> find_cycle(std::span<const Wait> waits) {
    for (const Wait& first : waits) {
        std::vector<Wait> cycle{first};
        while (cycle.size() <= waits.size()) {
            const Wait* next = wait_of(waits, cycle.back().holder);
            if (next == nullptr) {
                break;
            }
            if (next->context == first.context) {
                std::rotate(cycle.begin(), std::ranges::min_element(cycle, {}, &Wait::at), cycle.end());
                return cycle;
            }
            cycle.push_back(*next);
        }
    }
    return {};
}

record::Finding deadlock_finding(const record::Trace& trace, std::span<const ContextState> contexts) {
    const std::vector<Wait> waits = find_waits(trace, contexts);
    const std::vector<Wait> cycle = find_cycle(waits);
    require(!waits.empty(), "a deadlock in which nobody waits");
    const Wait wait = cycle.empty() ? *std::ranges::min_element(waits, {}, &Wait::at) : cycle.front();
    return {.kind = record::FindingKind::deadlock,
            .context = wait.context,
            .other = wait.holder,
            .source = wait.at,
            .other_source = wait.taken_at,
            .place = wait.place};
}

}  // namespace heddle::explore::detect
