#include "explore/block.hpp"

namespace heddle::explore {

void BlockWriter::add(ContextId context, bool begins, bool ends) {
    const bool is_own = !open_.empty() && open_.back().context == context;
    block_.push_back(context);
    if (begins) {
        open_.push_back({context, block_.size()});
        return;
    }
    if (is_own && !ends) {
        return;
    }
    if (is_own) {
        block_.resize(open_.back().kept);
        open_.pop_back();
    }
    block_.push_back(kToEnd);
    if (!open_.empty()) {
        open_.back().kept = block_.size();
    }
}

void BlockReader::ran(bool begins, bool ends) {
    const ContextId context = next();
    if (context != kToEnd && (open_.empty() || open_.back().context != context)) {
        open_.push_back({context, begins});
        ++at_;
    } else {
        open_.back().is_open = !ends;
        at_ += context == kToEnd ? 0 : 1;
    }
    skip_ends();
}

void BlockReader::skip_ends() {
    while (!is_over() && next() == kToEnd && !open_.back().is_open) {
        open_.pop_back();
        ++at_;
    }
}

}  // namespace heddle::explore
