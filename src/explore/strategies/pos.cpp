#include "explore/strategies/pos.hpp"

#include <algorithm>

namespace heddle::explore {
namespace {

bool may_conflict(const Trace& trace, const record::Event& event, const ContextState& state) {
    return !state.knows_next || std::ranges::any_of(trace.touches(event), [&](const record::Touch& touch) {
        return trace.shapes().place(touch.place) == state.next.place &&
               record::conflict(touch.mode, state.next.mode);
    });
}

}  // namespace

// Those that have none get a priority.
void Pos::draw(const Execution& execution) {
    if (execution.trace().empty()) {
        priorities_.clear();
    }
    priorities_.resize(execution.contexts().size());
    for (const ContextId context : execution.enabled()) {
        if (priorities_[context] == 0) {
            priorities_[context] = random().next() | 1;
        }
    }
}

void Pos::ran(const Execution& execution) {
    const Trace& trace = execution.trace();
    for (std::size_t context = 0; context < priorities_.size(); ++context) {
        if (context == trace.back().context ||
            may_conflict(trace, trace.back(), execution.contexts()[context])) {
            priorities_[context] = 0;
        }
    }
}

}  // namespace heddle::explore
