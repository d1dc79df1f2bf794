#include "explore/detect/data_race.hpp"

#include <algorithm>

namespace heddle::explore::detect {
namespace {

bool is_whole_handler(const record::Event& event) noexcept {
    return event.is_firing && !event.begins_handler;
}

}  // namespace

void DataRace::begin() {
    clocks_.keep(0);
    for (History& history : histories_) {
        history.seen.clear();
        history.write = {};
        history.reads.clear();
        history.updates.clear();
    }
    found_.clear();
}

record::Tick* DataRace::clock_of(ContextId context) {
    clocks_.widen(context + 1u);
    while (clocks_.rows() <= context) {
        clocks_.add()[clocks_.rows() - 1] = 1;
    }
    return clocks_.row(context);
}

void DataRace::on_step(const record::Trace& trace, std::size_t index) {
    const record::Event& event = trace[index];
    histories_.resize(std::max(histories_.size(), trace.shapes().places()));
    event.for_each_started([this](ContextId started) { static_cast<void>(clock_of(started)); });
    record::Tick* clock = clock_of(event.context);
    for (const record::Touch& touch : trace.touches(event)) {
        History& history = histories_[touch.place];
        history.orders |= touch.follows || takes(touch.mode) || waits(touch.mode);
        order(touch, clock);
        if (!history.orders && touch.mode != record::Mode::release) {
            look(event, touch, clock);
        }
    }
    event.for_each_started([&](ContextId started) { clocks_.join(clocks_.row(started), clock); });
    ++clock[event.context];
}

// Whoever comes next has seen what this one has: after a release, and after an update for those that follow
// it.
void DataRace::order(const record::Touch& touch, record::Tick* clock) {
    std::vector<record::Tick>& seen = histories_[touch.place].seen;
    const bool gives = touch.mode == record::Mode::release || touch.mode == record::Mode::update;
    const bool gets = touch.follows || takes(touch.mode) || waits(touch.mode);
    if (!gives && !gets) {
        return;
    }
    seen.resize(clocks_.width());
    if (gets) {
        clocks_.join(clock, seen.data());
    }
    if (gives) {
        clocks_.join(seen.data(), clock);
    }
}

void DataRace::look(const record::Event& event, const record::Touch& touch, const record::Tick* clock) {
    History& history = histories_[touch.place];
    const Epoch now{event.context,   clock[event.context],    event.source,           event.is_firing,
                    event.is_masked, event.keeps_threads_out, is_whole_handler(event)};
    const auto place = static_cast<Place>(touch.place);
    one_.assign(history.write.context == kNoContext ? 0 : 1, history.write);
    report(event, place, one_, clock);
    if (touch.mode != record::Mode::update) {
        report(event, place, history.updates, clock);
    }
    if (touch.mode == record::Mode::read) {
        return keep_latest(history.reads, now, clock);
    }
    report(event, place, history.reads, clock);
    if (touch.mode == record::Mode::update) {
        return keep_latest(history.updates, now, clock);
    }
    history.write = now;
    history.reads.clear();
    history.updates.clear();
}

void DataRace::keep_latest(std::vector<Epoch>& epochs, const Epoch& epoch, const record::Tick* clock) {
    std::erase_if(epochs, [&](const Epoch& earlier) { return clock[earlier.context] >= earlier.tick; });
    epochs.push_back(epoch);
}

bool DataRace::is_kept_out(const Epoch& epoch, const record::Event& event) noexcept {
    return (epoch.is_firing && event.is_masked) || (epoch.is_masked && event.is_firing) ||
           (epoch.keeps_threads_out && event.keeps_threads_out) ||
           (epoch.is_whole_handler && is_whole_handler(event));
}

void DataRace::report(const record::Event& event, Place place, const std::vector<Epoch>& earlier,
                      const record::Tick* clock) {
    for (const Epoch& epoch : earlier) {
        if (clock[epoch.context] >= epoch.tick || is_kept_out(epoch, event)) {
            continue;
        }
        record::Finding finding{.kind = record::FindingKind::data_race,
                                .context = epoch.context,
                                .other = event.context,
                                .source = epoch.source,
                                .other_source = event.source,
                                .place = place};
        if (finding.source > finding.other_source) {
            std::swap(finding.context, finding.other);
            std::swap(finding.source, finding.other_source);
        }
        found_.push_back(finding);
    }
}

void DataRace::on_end(const record::Trace& trace, std::span<const ContextState>,
                      std::vector<record::Finding>& findings) {
    for (record::Finding finding : found_) {
        if (!histories_[finding.place].orders) {
            finding.place = trace.shapes().place(static_cast<record::PlaceIndex>(finding.place));
            findings.push_back(finding);
        }
    }
}

}  // namespace heddle::explore::detect
