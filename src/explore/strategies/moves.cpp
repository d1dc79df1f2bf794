#include "explore/strategies/moves.hpp"

namespace heddle::explore {

bool Moves::push(const record::Trace& trace) {
    const record::Event& event = trace.back();
    if (!is_open()) {
        begins_.push_back(trace.size() - 1);
        block_ = {};
    }
    block_.add(event.context, event.begins_handler, event.ends_handler);
    if (is_open()) {
        return false;
    }
    if (begins_.back() + 1 == trace.size()) {
        moves_.push(event);
        ids_.push_back(kPlain);
    } else {
        close(trace);
    }
    return true;
}

void Moves::close(const record::Trace& trace) {
    record::Event move = trace[begins_.back()];
    std::vector<record::Access> accesses;
    move.fixed = false;
    for (std::size_t i = begins_.back(); i < trace.size(); ++i) {
        const record::Event& event = trace[i];
        record::add_touches(accesses, trace.shapes(), event.shape);
        // Those of one move have numbers that come one after the other.
        if (i != begins_.back() && event.started != record::kNoContext) {
            const bool is_first = move.started == record::kNoContext;
            move.more_started = static_cast<record::ContextId>(
                is_first ? event.more_started : move.more_started + event.more_started + 1);
            move.started = is_first ? event.started : move.started;
        }
    }
    move.shape = moves_.shapes().shape_of(accesses);
    ids_.push_back(block_.is_plain() ? kPlain : blocks_.id_of(block_.block()));
    moves_.push(move);
    block_ = {};
}

void Moves::keep(std::size_t count) {
    moves_.keep(count);
    begins_.resize(count);
    ids_.resize(count);
    block_ = {};
}

}  // namespace heddle::explore
