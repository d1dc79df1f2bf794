#include "explore/search.hpp"

#include <algorithm>
#include <chrono>

#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/preemption_bounded.hpp"

namespace heddle::explore {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kGap = 4;
constexpr std::size_t kLookAtClock = 64;  // executions, and so many for a long one
// Of the memory for snapshots, what goes to that which is known of earlier executions, and the most of it.
constexpr std::size_t kPartKnown = 4;
constexpr std::size_t kMostKnown = std::size_t{64} << 20;
constexpr std::size_t kNoGap = SIZE_MAX / 2;  // a strategy that always goes back to the beginning

std::size_t bytes_to_know(const Strategy& strategy, const SearchOptions& options) {
    return strategy.awaits() == Awaits::wake && options.snapshots
               ? std::min(options.most_snapshot_bytes / kPartKnown, kMostKnown)
               : 0;
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
        : machine_(machine),
          strategy_(strategy),
          options_(options),
          execution_(machine, {.awaits = strategy.awaits(),
                               .snapshots = options.snapshots,
                               .snapshot_gap = strategy.awaits() == Awaits::wake ? kNoGap : kGap,
                               .most_snapshots = options.most_snapshots,
                               .most_snapshot_bytes = options.most_snapshot_bytes,
                               .most_known_bytes = bytes_to_know(strategy, options),
                               .gauges = options.gauges}) {
        strategy_.start(execution_);
    }

    SearchResult run() {
        while (run_one()) {
            const std::optional<std::size_t> kept = strategy_.finish(execution_);
            note_loss();
            if (!kept) {
                result_.complete = strategy_.is_complete() && !was_cut_;
                break;
            }
            if (is_over()) {
                strategy_.leave(execution_);
                break;
            }
            if (!go_back(*kept)) {
                break;
            }
        }
        note_progress();
        note_time();
        result_.verdict = verdict();
        drop_orders_that_met(result_.findings);
        return std::move(result_);
    }

  private:
    enum class End : std::uint8_t { whole, redundant, endless, too_long, crashed, stopped, missed };

    // Whether the search goes on.
    bool run_one() {
        if (!take_ticket()) {
            return end(EndedBy::executions);
        }
        const End end = run_to_end();
        if (end == End::stopped || end == End::missed) {
            give_ticket_back();
            result_.missed = end == End::missed;
            return false;
        }
        const std::uint64_t counted = result_.statistics.counted();
        const Ending ending = count(end);
        if (result_.statistics.counted() == counted) {
            give_ticket_back();
        }
        if (end != End::crashed) {  // whose last step has not run: nobody may run the schedule again
            note_findings(ending);
        }
        note_progress();
        if (options_.keep_going || !has_error_) {
            return true;
        }
        return this->end(EndedBy::error);
    }

    void note_loss() {
        if (strategy_.is_lost() && !was_lost_) {
            was_lost_ = was_cut_ = true;
            ++result_.statistics.cut;
        }
    }

    Ending count(End end) {
        Ending ending;
        if (end == End::redundant) {
            ++result_.statistics.redundant;
        } else if (end == End::endless) {
            ++result_.statistics.blocked;
        } else if (end == End::whole) {
            ending = execution_.ending();
            ++(ending.partial   ? result_.statistics.partial
               : ending.blocked ? result_.statistics.blocked
                                : result_.statistics.executions);
        } else {
            was_cut_ = true;
            if (end == End::too_long) {
                ++result_.statistics.cut;
                since_clock_ = kLookAtClock;
            }
            if (end == End::too_long && !execution_.is_cut()) {
                ending.findings.push_back({.kind = record::FindingKind::step_limit});
            }
        }
        const auto fails = [](const Finding& finding) { return is_error(finding); };
        if (std::ranges::any_of(ending.findings, fails) ||
            std::ranges::any_of(execution_.failures(), fails, &Execution::Failure::finding)) {
            ++result_.statistics.failed;
        }
        return ending;
    }

    bool end(EndedBy why) {
        result_.ended_by = why;
        return false;
    }

    // An execution of the budget that all parts of a search have in common.
    bool take_ticket() {
        std::atomic<std::uint64_t>* left = options_.executions_left;
        if (left == nullptr) {
            return true;
        }
        std::uint64_t seen = left->load(std::memory_order_relaxed);
        while (seen != 0) {
            if (left->compare_exchange_weak(seen, seen - 1, std::memory_order_relaxed)) {
                return true;
            }
        }
        return false;
    }

    void give_ticket_back() {
        if (options_.executions_left != nullptr) {
            options_.executions_left->fetch_add(1, std::memory_order_relaxed);
        }
    }

    End run_to_end() {
        while (!machine_.has_missed() && (!execution_.enabled().empty() || execution_.is_cut())) {
            if (execution_.trace().size() >= options_.most_steps || execution_.is_cut()) {
                return execution_.is_endless() ? End::endless : End::too_long;
            }
            if (must_stop()) {
                return End::stopped;
            }
            const ContextId context = strategy_.choose(execution_);
            if (context == kNoContext) {
                return End::redundant;
            }
            if (!options_.crashes.empty() && crashes_in(context)) {
                execution_.end_with(context);
                strategy_.ran(execution_);
                return End::crashed;
            }
            execution_.run(context);
            strategy_.ran(execution_);
        }
        return machine_.has_missed() ? End::missed : End::whole;
    }

    bool must_stop() {
        if (options_.gauges != nullptr && options_.gauges->must_stop()) {
            end(EndedBy::stop);
            return true;
        }
        if (options_.most_seconds > 0 && ++steps_since_clock_ >= 256) {
            steps_since_clock_ = 0;
            note_time();
            if (result_.statistics.seconds >= options_.most_seconds) {
                end(EndedBy::time);
                return true;
            }
        }
        return false;
    }

    bool crashes_in(ContextId context) const {
        const Trace& trace = execution_.trace();
        return std::ranges::any_of(options_.crashes, [&](const Schedule& crash) {
            return crash.size() == trace.size() + 1 && crash.back() == context &&
                   std::equal(trace.begin(), trace.end(), crash.begin(),
                              [](const record::Event& event, ContextId one) { return event.context == one; });
        });
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
        if (execution_.is_repeated()) {
            return;  // nobody can learn from it
        }
        for (Detector* detector : options_.detectors) {
            ask(*detector);
        }
        if (lessons() != lessons_) {
            lessons_ = lessons();
            if (options_.on_lesson) {
                options_.on_lesson(execution_.trace().schedule());
            }
        }
    }

    std::size_t lessons() const {
        std::size_t count = 0;
        for (const Detector* detector : options_.detectors) {
            count += detector->learned();
        }
        return count;
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
        if (options_.on_finding) {
            options_.on_finding(result_.findings.back());
        }
    }

    bool is_over() {
        if (result_.statistics.counted() >= options_.most_executions) {
            return !end(EndedBy::executions);
        }
        if (options_.gauges != nullptr && options_.gauges->must_hand_over() && strategy_.can_be_divided()) {
            return !end(EndedBy::stop);
        }
        since_clock_ += 1 + execution_.trace().size() / 256;
        if (since_clock_ >= kLookAtClock) {
            since_clock_ = 0;
            note_time();
            if (options_.gauges != nullptr) {
                options_.gauges->note_explored(strategy_.explored());
            }
            if (options_.most_seconds > 0 && result_.statistics.seconds >= options_.most_seconds) {
                return !end(EndedBy::time);
            }
            if (options_.on_progress && !options_.on_progress(result_.statistics)) {
                return !end(EndedBy::stop);
            }
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

    void note_progress() {
        longest_ = std::max(longest_, execution_.trace().size());
        result_.statistics.steps = execution_.steps_run();
        if (options_.gauges != nullptr) {
            options_.gauges->note(result_.statistics, longest_);
        }
    }

    void note_time() {
        result_.statistics.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    }

    Verdict verdict() const {
        return has_error_ ? Verdict::error : result_.complete ? Verdict::clean : Verdict::unfinished;
    }

    const Machine& machine_;
    Strategy& strategy_;
    const SearchOptions& options_;
    Execution execution_;
    SearchResult result_;
    std::vector<Finding> found_;
    Clock::time_point start_ = Clock::now();
    std::size_t since_clock_ = 0;
    std::size_t steps_since_clock_ = 0;
    std::size_t longest_ = 0;
    std::size_t lessons_ = 0;
    bool has_error_ = false;
    bool was_cut_ = false;
    bool was_lost_ = false;
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

SearchResult search(Machine& machine, Strategy& strategy, const SearchOptions& options) {
    return Search(machine, strategy, options).run();
}

SearchResult search_all(Machine& machine, const SearchOptions& options, std::uint64_t first) {
    SearchOptions some = options;
    some.most_executions = std::min(first, options.most_executions);
    PreemptionBounded simplest_first;
    SearchResult simple = search(machine, simplest_first, some);
    if (simple.diverged || simple.missed || (simple.verdict == Verdict::error && !options.keep_going)) {
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
