#include "explore/strategies/every_interleaving.hpp"

namespace heddle::explore {

ContextId EveryInterleaving::choose(const Execution& execution) {
    const std::size_t here = execution.trace().size();
    if (here == left_.size()) {
        left_.emplace_back(execution.enabled().rbegin(), execution.enabled().rend());
    }
    const ContextId context = left_[here].back();
    left_[here].pop_back();
    return context;
}

std::optional<std::size_t> EveryInterleaving::finish(Execution&) {
    while (!left_.empty() && left_.back().empty()) {
        left_.pop_back();
    }
    if (left_.empty()) {
        return std::nullopt;
    }
    return left_.size() - 1;
}

}  // namespace heddle::explore
