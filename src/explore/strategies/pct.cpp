#include "explore/strategies/pct.hpp"

#include <algorithm>

namespace heddle::explore {

ContextId Pct::choose(const Execution& execution) {
    if (execution.trace().empty()) {
        begin();
    }
    if (execution.contexts().size() == 1) {
        ++alone_;
        return 0;
    }
    const std::size_t step = execution.trace().size() - alone_;
    while (priorities_.size() < execution.contexts().size()) {
        priorities_.push_back(depth_ + (random().next() >> 8));
    }
    for (std::size_t i = 0; i < changes_.size(); ++i) {
        if (changes_[i] == step) {
            priorities_[highest(execution)] = i;
        }
    }
    return highest(execution);
}

void Pct::begin() {
    priorities_.clear();
    alone_ = 0;
    changes_.resize(depth_ - 1);
    for (std::size_t& change : changes_) {
        change = random().below(longest_);
    }
}

ContextId Pct::highest(const Execution& execution) {
    return *std::ranges::max_element(execution.enabled(), {},
                                     [&](ContextId context) { return priorities_[context]; });
}

std::optional<std::size_t> Pct::finish(Execution& execution) {
    longest_ = std::max(longest_, execution.trace().size() - alone_);
    return 0;
}

}  // namespace heddle::explore
