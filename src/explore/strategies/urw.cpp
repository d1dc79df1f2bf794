#include "explore/strategies/urw.hpp"

#include <algorithm>
#include <utility>

namespace heddle::explore {

bool Urw::counts(const Trace& trace, record::ShapeId shape) const {
    return selection_ == Selection::all ||
           std::ranges::any_of(trace.shapes().touches(shape), [&](const record::Touch& touch) {
               return trace.shapes().place(touch.place) == chosen_;
           });
}

bool Urw::may_count(const Execution& execution, ContextId context) const {
    const ContextState& state = execution.contexts()[context];
    return selection_ == Selection::all || (state.knows_next && state.next.place == chosen_);
}

void Urw::begin(const Execution& execution) {
    if (!places_.empty()) {
        chosen_ = places_[random().below(places_.size())];
    }
    left_.clear();
    for (const Known& known : known_) {
        left_.push_back(static_cast<std::size_t>(std::ranges::count_if(
            known.steps, [&](record::ShapeId shape) { return counts(execution.trace(), shape); })));
    }
    // Contexts have greater numbers than whoever creates them.
    for (std::size_t context = left_.size(); context-- != 0;) {
        if (const ContextId creator = known_[context].creator; creator != kNoContext) {
            left_[creator] += left_[context];
        }
    }
    intended_ = kNoContext;
}

// In proportion to what is left; a context of which too little was known has one step left.
ContextId Urw::draw(const Execution& execution) {
    std::size_t total = 0;
    const auto weight = [&](ContextId context) { return std::max<std::size_t>(left_[context], 1); };
    for (const ContextId context : execution.enabled()) {
        total += weight(context);
    }
    std::size_t drawn = random().below(total);
    for (const ContextId context : execution.enabled()) {
        if (drawn < weight(context)) {
            return context;
        }
        drawn -= weight(context);
    }
    return execution.enabled().back();
}

ContextId Urw::choose(const Execution& execution) {
    if (execution.trace().empty()) {
        begin(execution);
    }
    left_.resize(std::max(left_.size(), execution.contexts().size()));
    if (selection_ == Selection::all) {
        return draw(execution);
    }
    if (intended_ == kNoContext || !execution.is_enabled(intended_)) {
        intended_ = draw(execution);
    }
    // Any, but steps that count wait for the intended one.
    std::size_t free = 0;
    for (const ContextId context : execution.enabled()) {
        free += context == intended_ || !may_count(execution, context) ? 1 : 0;
    }
    std::size_t drawn = random().below(free);
    for (const ContextId context : execution.enabled()) {
        if ((context == intended_ || !may_count(execution, context)) && drawn-- == 0) {
            return context;
        }
    }
    return intended_;
}

void Urw::ran(const Execution& execution) {
    const record::Event& event = execution.trace().back();
    left_.resize(std::max(left_.size(), execution.contexts().size()));
    std::size_t& left = left_[event.context];
    if (counts(execution.trace(), event.shape)) {
        left -= left == 0 ? 0 : 1;
        intended_ = event.context == intended_ ? kNoContext : intended_;
    }
    event.for_each_started([&](ContextId started) { left -= std::min(left, left_[started]); });
}

std::optional<std::size_t> Urw::finish(Execution& execution) {
    if (!execution.failures().empty()) {
        return 0;
    }
    if (known_.empty() && selection_ == Selection::one_place) {
        learn_places(execution.trace());
    }
    learn(execution.trace());
    return 0;
}

void Urw::learn(const Trace& trace) {
    std::vector<Known> seen(left_.size());
    for (const record::Event& event : trace) {
        seen[event.context].steps.push_back(event.shape);
        event.for_each_started([&](ContextId started) { seen[started].creator = event.context; });
    }
    known_.resize(std::max(known_.size(), seen.size()));
    for (std::size_t context = 0; context < seen.size(); ++context) {
        if (seen[context].steps.size() > known_[context].steps.size()) {
            known_[context] = std::move(seen[context]);
        }
    }
}

void Urw::learn_places(const Trace& trace) {
    std::vector<ContextId> touched_by(trace.shapes().places(), kNoContext);
    for (const record::Event& event : trace) {
        for (const record::Touch& touch : trace.touches(event)) {
            const Place place = trace.shapes().place(touch.place);
            const ContextId by = std::exchange(touched_by[touch.place], event.context);
            if (by != kNoContext && by != event.context &&
                std::ranges::find(places_, place) == places_.end()) {
                places_.push_back(place);
            }
        }
    }
}

}  // namespace heddle::explore
