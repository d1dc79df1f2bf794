#include "explore/detect/lost_update.hpp"

#include <algorithm>

namespace heddle::explore::detect {

void LostUpdate::begin() {
    ++execution_;
    candidates_.clear();
    found_.clear();
}

LostUpdate::History& LostUpdate::history_of(record::PlaceIndex place) {
    if (place >= histories_.size()) {
        histories_.resize(place + 1);
    }
    History& history = histories_[place];
    if (history.last_look != execution_) {
        history.last_look = execution_;
        history.last_write = kNever;
        std::ranges::fill(history.reads, Reads{});
    }
    return history;
}

void LostUpdate::on_step(const record::Trace& trace, std::size_t index) {
    for (const record::Touch& touch : trace.touches(trace[index])) {
        if (touch.mode == record::Mode::read) {
            History& history = history_of(touch.place);
            const ContextId context = trace[index].context;
            history.reads.resize(std::max<std::size_t>(history.reads.size(), context + 1u));
            Reads& reads = history.reads[context];
            reads = {std::min(reads.first, index), index};
        } else if (touch.mode == record::Mode::write) {
            on_write(trace, index, touch.place);
        } else if (touch.mode == record::Mode::update) {
            history_of(touch.place).last_write = index;
        }
    }
}

void LostUpdate::on_write(const record::Trace& trace, std::size_t index, record::PlaceIndex place) {
    History& history = history_of(place);
    const ContextId context = trace[index].context;
    const Reads reads = context < history.reads.size() ? history.reads[context] : Reads{};
    const std::size_t replaced = history.last_write;
    if (trace[index].replaces && reads.last != kNever && replaced != kNever && reads.last < replaced &&
        trace[replaced].context != context) {
        const Place where = trace.shapes().place(place);
        candidates_.push_back({.write = {.place = where,
                                         .first_read = reads.first,
                                         .last_read = reads.last,
                                         .replaced = replaced,
                                         .step = index},
                               .finding = {.kind = record::FindingKind::lost_update,
                                           .context = context,
                                           .other = trace[replaced].context,
                                           .source = trace[index].source,
                                           .other_source = trace[replaced].source,
                                           .place = where}});
    }
    history.last_write = index;
    if (context < history.reads.size()) {
        history.reads[context] = {};
    }
}

void LostUpdate::on_end(const record::Trace& trace, std::span<const ContextState>,
                        std::vector<record::Finding>& findings) {
    for (const Candidate& candidate : candidates_) {
        const auto is_known = [&](const record::Finding& one) { return one.same_as(candidate.finding); };
        if (std::ranges::any_of(found_, is_known)) {
            continue;
        }
        if (machine_ == nullptr || machine_->is_update(trace, candidate.write)) {
            found_.push_back(candidate.finding);
        }
    }
    candidates_.clear();
    findings.insert(findings.end(), found_.begin(), found_.end());
}

}  // namespace heddle::explore::detect
