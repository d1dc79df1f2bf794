#include "explore/known_runs.hpp"

namespace heddle::explore {

const KnownRuns::Step* KnownRuns::follow(ContextId context) noexcept {
    if (at_ == kNone) {
        return nullptr;
    }
    for (Node child = entries_[at_].child; child != kNone; child = entries_[child].sibling) {
        if (entries_[child].step.event.context == context) {
            at_ = child;
            return &entries_[child].step;
        }
    }
    return nullptr;
}

void KnownRuns::add(const record::Event& event, const std::vector<ContextState>& states) {
    if (at_ == kNone) {
        return;
    }
    const std::size_t bytes = sizeof(Entry) + states.size() * sizeof(ContextState);
    if (added_ == kMostAdded || bytes_ + bytes > most_bytes_) {
        return leave();
    }
    ++added_;
    bytes_ += bytes;
    const auto entry = static_cast<Node>(entries_.size());
    entries_.push_back({{event, states}, kNone, entries_[at_].child});
    entries_[at_].child = entry;
    at_ = entry;
}

}  // namespace heddle::explore
