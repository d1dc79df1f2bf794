#include "explore/preemption.hpp"

#include <algorithm>

namespace heddle::explore {

namespace {

// A loop that waits for an interrupt may have come round some hundred times.
constexpr std::size_t kMostAlone = 1000;

/// A source, where nothing but threads has run for so long; else kNoContext.
ContextId awaited_source(const Execution& execution) {
    const Trace& trace = execution.trace();
    const auto is_source = [&](ContextId context) { return execution.contexts()[context].source; };
    if (trace.size() % kMostAlone != kMostAlone - 1 ||
        std::any_of(trace.end() - (kMostAlone - 1), trace.end(),
                    [&](const record::Event& event) { return is_source(event.context); })) {
        return kNoContext;
    }
    const auto source = std::ranges::find_if(execution.enabled(), is_source);
    return source == execution.enabled().end() ? kNoContext : *source;
}

}  // namespace

ContextId running_thread(const Execution& execution) {
    const Trace& trace = execution.trace();
    for (std::size_t i = trace.size(); i-- != 0;) {
        if (!execution.contexts()[trace[i].context].source) {
            return trace[i].context;
        }
    }
    return kNoContext;
}

ContextId thread_to_go_on(const Execution& execution) {
    const ContextId running = running_thread(execution);
    const bool goes_on = running != kNoContext && execution.is_enabled(running) &&
                         !execution.contexts()[running].idles && !execution.contexts()[running].sleeps;
    return goes_on ? running : kNoContext;
}

bool preempts(const Execution& execution, ContextId context) {
    const ContextId running = thread_to_go_on(execution);
    return running != context && running != kNoContext;
}

ContextId plain_choice(const Execution& execution) {
    if (const ContextId source = awaited_source(execution); source != kNoContext) {
        return source;
    }
    const ContextId running = running_thread(execution);
    if (running != kNoContext && execution.is_enabled(running)) {
        return running;
    }
    const auto is_thread = [&](ContextId context) { return !execution.contexts()[context].source; };
    const auto thread = std::ranges::find_if(execution.enabled(), is_thread);
    return thread == execution.enabled().end() ? execution.enabled().front() : *thread;
}

void EffortMeter::count(const Execution& execution, ContextId context) {
    has_run_.resize(std::max<std::size_t>(has_run_.size(), context + 1u));
    if (!has_run_[context]) {
        has_run_[context] = true;
        ++effort_.contexts;
    }
    const bool is_interrupt = execution.contexts()[context].source;
    effort_.interrupts += is_interrupt ? 1 : 0;
    effort_.preemptions += !is_interrupt && preempts(execution, context) ? 1 : 0;
    effort_.switches += !execution.trace().empty() && execution.trace().back().context != context ? 1 : 0;
    ++effort_.steps;
}

}  // namespace heddle::explore
