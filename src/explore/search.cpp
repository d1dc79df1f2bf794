#include "explore/search.hpp"

#include <algorithm>
#include <chrono>

#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/preemption_bounded.hpp"

namespace heddle::explore {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kGap = 4;
constexpr std::size_t kNoGap = SIZE_MAX / 2;  // a strategy that always goes back to the beginning

// A lock order that an execution has waited in is told by the deadlock.
void drop_orders_that_met(std::vector<FoundSchedule>& findings) {
    const std::vector<FoundSchedule> all = findings;
    std::erase_if(findings, [&all](const FoundSchedule& found) {
        return found.finding.kind == record::FindingKind::lock_order &&
               std::ranges::any_of(all, [&found](const FoundSchedule& other) {
                   return other.finding.kind == record::FindingKind::deadlock &&
                          other.finding.source == found.finding.source &&
                          other.finding.place == found.finding.place;
               });
    });
}

// Detectors remember, and need not find again what they found in the search for the simplest.
void add_missing(std::vector<FoundSchedule>& findings, const std::vector<FoundSchedule>& more) {
    for (const FoundSchedule& found : more) {
        if (std::ranges::none_of(findings, [&found](const FoundSchedule& known) {
                return known.finding.same_as(found.finding);
            })) {
            findings.push_back(found);
        }
    }
}

class Search {
  public:
    Search(Machine& machine, Strategy& strategy, const SearchOptions& options)
        : strategy_(strategy),
          options_(options),
          execution_(machine, {.awaits = strategy.awaits(),
                               .snapshots = options.snapshots,
                               .snapshot_gap = strategy.awaits() == Awaits::wake ? kNoGap : kGap,
                               .most_snapshots = options.most_snapshots}) {}

    SearchResult run() {
        while (run_one()) {
            const std::optional<std::size_t> kept = strategy_.finish(execution_);
            if (!kept) {
                result_.complete = strategy_.is_complete() && !was_cut_;
                break;
            }
            if (is_over() || !go_back(*kept)) {
                break;
            }
        }
        note_time();
        result_.verdict = verdict();
        drop_orders_that_met(result_.findings);
        return std::move(result_);
    }

  private:
    enum class End : std::uint8_t { whole, redundant, too_long };

    // Whether the search goes on.
    bool run_one() {
        const End end = run_to_end();
        Ending ending;
        if (end == End::redundant) {
            ++result_.statistics.redundant;
        } else if (end == End::whole) {
            ending = execution_.ending();
            ++(ending.partial   ? result_.statistics.partial
               : ending.blocked ? result_.statistics.blocked
                                : result_.statistics.executions);
        } else {
            was_cut_ = true;
            ++result_.statistics.cut;
            ending.findings.push_back({.kind = record::FindingKind::step_limit});
        }
        note_findings(ending);
        return options_.keep_going || !has_error_;
    }

    End run_to_end() {
        while (!execution_.enabled().empty()) {
            if (execution_.trace().size() >= options_.most_steps) {
                return End::too_long;
            }
            const ContextId context = strategy_.choose(execution_);
            if (context == kNoContext) {
                return End::redundant;
            }
            execution_.run(context);
            strategy_.ran(execution_);
        }
        return End::whole;
    }

    void note_findings(const Ending& ending) {
        for (const Execution::Failure& failure : execution_.failures()) {
            note(failure.finding, failure.step + 1);
        }
        // Who waits for what a failure has ended waits because of it.
        for (const Finding& finding : ending.findings) {
            if (execution_.failures().empty()) {
                note(finding, execution_.trace().size());
            }
        }
        for (Detector* detector : options_.detectors) {
            ask(*detector);
        }
    }

    void ask(Detector& detector) {
        found_.clear();
        look_at(detector, execution_.trace(), execution_.contexts(), found_);
        for (const Finding& finding : found_) {
            note(finding, execution_.trace().size());
        }
    }

    void note(const Finding& finding, std::size_t length) {
        has_error_ |= is_error(finding);
        const auto is_known = [&](const FoundSchedule& known) { return known.finding.same_as(finding); };
        if (std::ranges::any_of(result_.findings, is_known)) {
            return;
        }
        Schedule schedule = execution_.trace().schedule();
        schedule.resize(length);
        const Statistics& done = result_.statistics;
        result_.findings.push_back(
            {finding, std::move(schedule),
             done.executions + done.blocked + done.redundant + done.partial + done.cut});
    }

    bool is_over() {
        const Statistics& done = result_.statistics;
        if (done.executions + done.blocked + done.cut >= options_.most_executions) {
            return true;
        }
        since_clock_ += 1 + execution_.trace().size() / 256;
        if (since_clock_ >= 64) {
            since_clock_ = 0;
            note_time();
            if (options_.most_seconds > 0 && done.seconds >= options_.most_seconds) {
                return true;
            }
            return options_.on_progress && !options_.on_progress(done);
        }
        return false;
    }

    bool go_back(std::size_t length) {
        if (length == 0) {
            execution_.restart();
            return true;
        }
        result_.diverged = !execution_.go_back(length);
        return !result_.diverged;
    }

    void note_time() {
        result_.statistics.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
        result_.statistics.steps = execution_.steps_run();
    }

    Verdict verdict() const {
        return has_error_ ? Verdict::error : result_.complete ? Verdict::clean : Verdict::unfinished;
    }

    Strategy& strategy_;
    const SearchOptions& options_;
    Execution execution_;
    SearchResult result_;
    std::vector<Finding> found_;
    Clock::time_point start_ = Clock::now();
    std::size_t since_clock_ = 0;
    bool has_error_ = false;
    bool was_cut_ = false;
};

}  // namespace

bool is_error(const Finding& finding) noexcept {
    if (finding.severity) {
        return *finding.severity == record::Severity::error;
    }
    switch (finding.kind) {
        case record::FindingKind::data_race:
        case record::FindingKind::lock_order:
        case record::FindingKind::step_limit:
            return false;
        default:
            return true;
    }
}

SearchResult search(Machine& machine, Strategy& strategy, const SearchOptions& options) {
    return Search(machine, strategy, options).run();
}

SearchResult search_all(Machine& machine, const SearchOptions& options, std::uint64_t first) {
    SearchOptions some = options;
    some.most_executions = std::min(first, options.most_executions);
    PreemptionBounded simplest_first;
    SearchResult simple = search(machine, simplest_first, some);
    if (simple.diverged || (simple.verdict == Verdict::error && !options.keep_going)) {
        return simple;
    }
    OptimalDpor every;
    SearchResult all = search(machine, every, options);
    for (FoundSchedule& found : all.findings) {
        const auto is_same = [&](const FoundSchedule& known) { return known.finding.same_as(found.finding); };
        if (const auto known = std::ranges::find_if(simple.findings, is_same);
            known != simple.findings.end()) {
            found.schedule = known->schedule;
        }
    }
    add_missing(all.findings, simple.findings);
    drop_orders_that_met(all.findings);
    return all;
}

}  // namespace heddle::explore
