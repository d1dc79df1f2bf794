// Which events of a trace order which, and which of these pairs are races that can be turned round.
#pragma once

#include <cstddef>
#include <vector>

#include "explore/machine.hpp"
#include "record/clocks.hpp"
#include "record/trace.hpp"

namespace heddle::explore {

using record::Trace;

/// Two dependent events of different contexts with nothing ordered between them, where the second could also
/// have run before the first.
struct Race {
    std::size_t first;
    std::size_t second;
};

/// Follows one trace, event by event. Not thread-safe.
class HappensBefore {
  public:
    /// The last event of `trace` is the next one. Adds the races whose second it is to `races`.
    void push(const Trace& trace, std::vector<Race>& races);
    /// In the last event: it had to wait until nobody else could go on, and who else had to could have come
    /// first. Where all of those do nothing but `wake_up`, it makes no difference who does.
    [[nodiscard]] static bool is_tie(const Trace& trace, bool all_wake_up);
    /// Only the first `count` events stay.
    void keep(const Trace& trace, std::size_t count);

    /// Whether event `earlier` comes before event `later` in every execution of this trace's kind.
    /// Precondition: earlier < later.
    [[nodiscard]] bool ordered(std::size_t earlier, std::size_t later) const noexcept {
        return clocks_.row(later)[contexts_[earlier]] >= sequence_[earlier];
    }

    /// For a context whose next step waits, as `state` says: the event that took what it waits for, if that
    /// step could run before it; else the number of events.
    [[nodiscard]] std::size_t taker_before(const Trace& trace, ContextId context,
                                           const ContextState& state) const;

  private:
    static constexpr std::size_t kNone = SIZE_MAX;

    struct Visit {
        std::size_t event;
        record::Mode mode;
        std::size_t before;  // the index of what was the latest one of its kind; kNone: there was none
    };
    // The visits of one place. What conflicts with all others comes between all that is before and all that
    // is after it. So only what came since the latest of those can be a candidate, and of that, what looks
    // and what updates, only the latest of each context: it comes after the earlier ones.
    struct Visits {
        std::vector<Visit> all;
        std::size_t total = kNone;
        std::vector<std::size_t> looks;  // by context
        std::vector<std::size_t> updates;

        void push(std::size_t event, record::Mode mode, ContextId context);
        void pop(ContextId context) noexcept;

      private:
        [[nodiscard]] std::size_t& latest(record::Mode mode, ContextId context) noexcept;
    };
    struct Candidate {
        std::size_t event;
        std::size_t taker = kNone;  // of a release that a waiting event comes after
        bool follows = false;
    };

    void find_candidates(const Trace& trace, ContextId context);
    void find_candidates(const record::Touch& touch, ContextId context);
    void add_latest(const Visits& visits, const std::vector<std::size_t>& latest, const record::Touch& touch,
                    ContextId context);
    [[nodiscard]] static std::size_t taker(const Visits& visits, std::size_t total);
    [[nodiscard]] std::size_t taker_at(const Trace& trace, Place place, std::size_t event) const;
    [[nodiscard]] bool is_within_another(const Candidate& candidate) const;
    void find_interruptions(const Trace& trace, std::vector<Race>& races) const;
    void order_candidates(record::Tick* clock, std::size_t event, std::vector<Race>& races);
    void note_visits(const Trace& trace);
    void start_row(const Trace& trace);
    void find_given_up(const Trace& trace, std::vector<Race>& races) const;
    [[nodiscard]] bool covers(const record::Tick* clock, std::size_t event) const noexcept {
        return clock[contexts_[event]] >= sequence_[event];
    }

    record::Clocks clocks_;                            // of each event
    std::vector<ContextId> contexts_;                  // of each event
    std::vector<record::Tick> sequence_;               // of each event among those of its context, from 1
    std::vector<std::vector<std::size_t>> events_of_;  // by context
    std::vector<std::size_t> creator_;                 // by context
    std::vector<Visits> visits_;                       // by place
    std::vector<Candidate> candidates_;
};

}  // namespace heddle::explore
