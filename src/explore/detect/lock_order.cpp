#include "explore/detect/lock_order.hpp"

#include <algorithm>

namespace heddle::explore::detect {

void LockOrder::begin() {
    for (std::vector<Place>& places : held_) {
        places.clear();
    }
    found_.clear();
}

void LockOrder::on_step(const record::Trace& trace, std::size_t index) {
    const record::Event& event = trace[index];
    held_.resize(std::max<std::size_t>(held_.size(), event.context + 1u));
    for (const record::Touch& touch : trace.touches(event)) {
        const Place place = trace.shapes().place(touch.place);
        if (touch.mode == record::Mode::acquire) {
            note(event, place);
        }
        if (takes(touch.mode)) {
            std::vector<Place>& places = held_[event.context];
            places.insert(std::ranges::lower_bound(places, place), place);
        } else if (touch.mode == record::Mode::release) {
            for (std::vector<Place>& places : held_) {
                std::erase(places, place);
            }
        }
    }
}

void LockOrder::note(const record::Event& event, Place wanted) {
    const std::vector<Place>& places = held_[event.context];
    for (const Place held : places) {
        const Edge edge{held, wanted, event.context, event.source};
        if (std::ranges::find(edges_, edge) == edges_.end()) {
            edges_.push_back(edge);
        }
    }
}

void LockOrder::on_end(const record::Trace&, std::span<const ContextState>,
                       std::vector<record::Finding>& findings) {
    for (; looked_at_ < edges_.size(); ++looked_at_) {
        std::vector<std::size_t> path{looked_at_};
        find_cycles(path);
    }
    findings.insert(findings.end(), found_.begin(), found_.end());
}

// Cycles whose newest edge is the first of the path.
void LockOrder::find_cycles(std::vector<std::size_t>& path) {
    const Edge& last = edges_[path.back()];
    if (path.size() > 1 && last.wanted == edges_[path.front()].held) {
        return report(path);
    }
    for (std::size_t next = 0; next < looked_at_; ++next) {
        if (edges_[next].held == last.wanted && can_follow(path, edges_[next])) {
            path.push_back(next);
            find_cycles(path);
            path.pop_back();
        }
    }
}

bool LockOrder::can_follow(const std::vector<std::size_t>& path, const Edge& next) const {
    return std::ranges::none_of(path, [&](std::size_t edge) {
        return edges_[edge].context == next.context || edges_[edge].held == next.held;
    });
}

void LockOrder::report(const std::vector<std::size_t>& path) {
    const auto first =
        std::ranges::min_element(path, {}, [&](std::size_t edge) { return edges_[edge].source; });
    const auto after = first + 1 == path.end() ? path.begin() : first + 1;
    found_.push_back({.kind = record::FindingKind::lock_order,
                      .context = edges_[*first].context,
                      .other = edges_[*after].context,
                      .source = edges_[*first].source,
                      .other_source = edges_[*after].source,
                      .place = edges_[*first].wanted});
}

}  // namespace heddle::explore::detect
