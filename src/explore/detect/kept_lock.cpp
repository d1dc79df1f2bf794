#include "explore/detect/kept_lock.hpp"

#include <algorithm>

namespace heddle::explore::detect {

void KeptLock::begin() { locks_.clear(); }

void KeptLock::on_step(const record::Trace& trace, std::size_t index) {
    locks_.resize(trace.shapes().places());
    for (const record::Touch& touch : trace.touches(trace[index])) {
        note(trace[index], touch);
    }
}

void KeptLock::note(const record::Event& event, const record::Touch& touch) {
    Lock& lock = locks_[touch.place];
    if (record::takes(touch.mode)) {
        lock.taker = event.context;
        lock.taken_at = event.source;
    } else if (touch.mode == record::Mode::release) {
        lock.is_handed_over |= lock.taker != event.context;
        lock.taker = kNoContext;
    }
}

void KeptLock::on_end(const record::Trace& trace, std::span<const ContextState> contexts,
                      std::vector<record::Finding>& findings) {
    if (std::ranges::any_of(contexts, &ContextState::enabled)) {
        return;
    }
    for (std::size_t i = 0; i < locks_.size(); ++i) {
        const Lock& lock = locks_[i];
        const Place place = trace.shapes().place(static_cast<record::PlaceIndex>(i));
        const auto waits_for_it = [place](const ContextState& state) {
            return state.waits && state.next.place == place;
        };
        if (lock.taker < contexts.size() && contexts[lock.taker].finished && !lock.is_handed_over &&
            std::ranges::none_of(contexts, waits_for_it)) {
            findings.push_back({.kind = record::FindingKind::lock_misuse,
                                .context = lock.taker,
                                .source = lock.taken_at,
                                .place = place,
                                .severity = record::Severity::warning});
        }
    }
}

}  // namespace heddle::explore::detect
