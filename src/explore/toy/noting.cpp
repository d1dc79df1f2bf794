#include "explore/toy/noting.hpp"

#include <algorithm>
#include <set>

#include "explore/strategies/happens_before.hpp"

namespace heddle::explore::toy {
namespace {

void note(Noting::Times& times, const Trace& trace) {
    if (++times.count == 1) {
        times.first = trace.schedule();
    }
}

// In units: a step of a thread, or a handler, in however many steps it has run.
class Signing {
  public:
    Signing(const Trace& trace, Place time) : trace_(trace), time_(time) {
        find_units();
        find_orders();
    }

    Signature signature() const {
        Signature all;
        for (const auto& [name, unit] : by_name_) {
            all.push_back(1'000'000 + name.first);
            add_touches(unit, all);
            std::map<ContextId, std::size_t> before;
            for (std::size_t other = 0; other < units_.size(); ++other) {
                before[units_[other].context] += comes_before_[other][unit] && !only_wakes_up(other) ? 1 : 0;
            }
            for (const auto& [context, count] : before) {
                all.push_back(100'000 + context * 1000 + count);
            }
            for (const auto& [other_name, other] : by_name_) {
                if (other != unit && comes_before_[other][unit] && comes_before_[unit][other]) {
                    add_crossings(unit, other, all);
                }
            }
        }
        return all;
    }

  private:
    struct Unit {
        ContextId context;
        std::vector<std::size_t> events;
    };

    void find_units() {
        std::map<ContextId, std::size_t> open;
        std::map<ContextId, std::size_t> ticks;
        for (std::size_t i = 0; i < trace_.size(); ++i) {
            const record::Event& event = trace_[i];
            if (const auto known = open.find(event.context); known != open.end()) {
                units_[known->second].events.push_back(i);
            } else {
                by_name_[{event.context, ticks[event.context]++}] = units_.size();
                units_.push_back({event.context, {i}});
            }
            if (event.begins_handler) {
                open[event.context] = units_.size() - 1;
            } else if (event.ends_handler) {
                open.erase(event.context);
            }
            is_split_ = is_split_ || event.begins_handler;
        }
    }

    void find_orders() {
        HappensBefore order;
        std::vector<Race> races;
        Trace copy = trace_;
        copy.keep(0);
        for (const record::Event& event : trace_) {
            copy.push(event);
            order.push(copy, races);
        }
        comes_before_.assign(units_.size(), std::vector<bool>(units_.size()));
        for (std::size_t a = 0; a < units_.size(); ++a) {
            for (std::size_t b = 0; b < units_.size(); ++b) {
                for (const std::size_t earlier : units_[a].events) {
                    comes_before_[a][b] =
                        comes_before_[a][b] || std::ranges::any_of(units_[b].events, [&](std::size_t later) {
                            return a != b && earlier < later && order.ordered(earlier, later);
                        });
                }
            }
        }
        // What holds for a part of a handler holds for all of it.
        for (std::size_t by = 0; is_split_ && by < units_.size(); ++by) {
            for (std::size_t a = 0; a < units_.size(); ++a) {
                for (std::size_t b = 0; comes_before_[a][by] && b < units_.size(); ++b) {
                    comes_before_[a][b] = comes_before_[a][b] || (a != b && comes_before_[by][b]);
                }
            }
        }
    }

    std::vector<std::pair<std::size_t, record::Touch>> touches_of(std::size_t unit) const {
        std::vector<std::pair<std::size_t, record::Touch>> touches;
        for (const std::size_t event : units_[unit].events) {
            for (const record::Touch& touch : trace_.touches(trace_[event])) {
                if (trace_.shapes().place(touch.place) != time_) {
                    touches.emplace_back(event, touch);
                }
            }
        }
        return touches;
    }

    // For whom time passes, of those who do nothing but wake up, makes no difference.
    bool only_wakes_up(std::size_t unit) const {
        const auto touches = trace_.touches(trace_[units_[unit].events.front()]);
        return !touches.empty() && touches_of(unit).empty();
    }

    void add_touches(std::size_t unit, Signature& all) const {
        std::set<std::size_t> touched;
        for (const auto& [event, touch] : touches_of(unit)) {
            touched.insert(trace_.shapes().place(touch.place) * 8 + static_cast<std::size_t>(touch.mode));
        }
        all.insert(all.end(), touched.begin(), touched.end());
    }

    // Of two of which one interrupts the other: which of their touches come first.
    void add_crossings(std::size_t unit, std::size_t other, Signature& all) const {
        const auto touches = touches_of(unit);
        const auto others = touches_of(other);
        for (std::size_t i = 0; i < touches.size(); ++i) {
            for (std::size_t k = 0; k < others.size(); ++k) {
                if (touches[i].second.place == others[k].second.place &&
                    record::conflict(touches[i].second.mode, others[k].second.mode)) {
                    all.push_back(10'000'000 + i * 10'000 + k * 10 +
                                  (touches[i].first < others[k].first ? 1 : 0));
                }
            }
        }
    }

    const Trace& trace_;
    Place time_;
    std::vector<Unit> units_;
    std::map<std::pair<ContextId, std::size_t>, std::size_t> by_name_;
    std::vector<std::vector<bool>> comes_before_;
    bool is_split_ = false;
};

}  // namespace

Signature signature_of(const Trace& trace, Place time) { return Signing(trace, time).signature(); }

std::optional<std::size_t> Noting::finish(Execution& execution) {
    if (execution.enabled().empty() && !execution.is_cut() && !execution.ending().partial) {
        if (keeps_traces_) {
            note(traces[signature_of(execution.trace(), time_)], execution.trace());
        }
        if (outcome_of_) {
            note(outcomes[outcome_of_(execution)], execution.trace());
        }
    }
    return strategy_.finish(execution);
}

}  // namespace heddle::explore::toy
