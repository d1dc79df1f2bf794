#include "explore/toy/noting.hpp"

#include "explore/strategies/happens_before.hpp"

namespace heddle::explore::toy {
namespace {

void note(Noting::Times& times, const Trace& trace) {
    if (++times.count == 1) {
        times.first = trace.schedule();
    }
}

}  // namespace

Signature signature_of(const Trace& trace, Place time) {
    HappensBefore order;
    std::vector<Race> races;
    std::map<std::pair<ContextId, std::size_t>, Signature> parts;
    std::map<ContextId, std::size_t> ticks;
    Trace copy = trace;
    copy.keep(0);
    for (std::size_t i = 0; i < trace.size(); ++i) {
        copy.push(trace[i]);
        order.push(copy, races);
        Signature& part = parts[{trace[i].context, ticks[trace[i].context]++}];
        for (const record::Touch& touch : trace.touches(trace[i])) {
            if (trace.shapes().place(touch.place) == time) {
                continue;
            }
            part.push_back(trace.shapes().place(touch.place) * 8 + static_cast<std::size_t>(touch.mode));
        }
        std::map<ContextId, std::size_t> before;
        for (std::size_t k = 0; k < i; ++k) {
            if (order.ordered(k, i)) {
                ++before[trace[k].context];
            }
        }
        for (const auto& [context, count] : before) {
            part.push_back(100'000 + context * 1000 + count);
        }
    }
    Signature all;
    for (const auto& [name, part] : parts) {
        all.push_back(1'000'000 + name.first);
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

std::optional<std::size_t> Noting::finish(Execution& execution) {
    if (execution.enabled().empty() && !execution.is_cut() && !execution.ending().partial) {
        if (keeps_traces_) {
            note(traces[signature_of(execution.trace(), time_)], execution.trace());
        }
        if (outcome_of_) {
            note(outcomes[outcome_of_(execution)], execution.trace());
        }
    }
    return strategy_.finish(execution);
}

}  // namespace heddle::explore::toy
