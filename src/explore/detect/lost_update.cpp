#include "explore/detect/lost_update.hpp"

#include <algorithm>

namespace heddle::explore::detect {

void LostUpdate::begin() {
    ++execution_;
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
        std::ranges::fill(history.reads, kNever);
    }
    return history;
}

void LostUpdate::on_step(const record::Trace& trace, std::size_t index) {
    for (const record::Touch& touch : trace.touches(trace[index])) {
        if (touch.mode == record::Mode::read) {
            History& history = history_of(touch.place);
            const ContextId context = trace[index].context;
            history.reads.resize(std::max<std::size_t>(history.reads.size(), context + 1u), kNever);
            history.reads[context] = index;
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
    const std::size_t read = context < history.reads.size() ? history.reads[context] : kNever;
    const std::size_t replaced = history.last_write;
    if (trace[index].replaces && read != kNever && replaced != kNever && read < replaced &&
        trace[replaced].context != context) {
        found_.push_back({.kind = record::FindingKind::lost_update,
                          .context = context,
                          .other = trace[replaced].context,
                          .source = trace[index].source,
                          .other_source = trace[replaced].source,
                          .place = trace.shapes().place(place)});
    }
    history.last_write = index;
    if (context < history.reads.size()) {
        history.reads[context] = kNever;
    }
}

void LostUpdate::on_end(const record::Trace&, std::span<const ContextState>,
                        std::vector<record::Finding>& findings) {
    findings.insert(findings.end(), found_.begin(), found_.end());
}

}  // namespace heddle::explore::detect
