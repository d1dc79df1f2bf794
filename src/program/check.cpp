#include "program/check.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iterator>
#include <optional>
#include <thread>

#include "explore/crash.hpp"
#include "explore/detect/data_race.hpp"
#include "explore/detect/kept_lock.hpp"
#include "explore/detect/lock_order.hpp"
#include "explore/detect/lost_update.hpp"
#include "explore/parallel_search.hpp"
#include "explore/replay.hpp"
#include "explore/strategies/rotation.hpp"
#include "host/captured_output.hpp"
#include "program/check_words.hpp"
#include "program/limit.hpp"
#include "program/machine.hpp"

namespace heddle::program {
namespace {

/// Findings of a detector at the places that it is meant for.
template <class All, bool (ProgramMachine::*IsMeant)(record::Place) const>
class At final : public explore::Detector {
  public:
    explicit At(const ProgramMachine& machine) : machine_(machine) {}

    void begin() override { all_.begin(); }
    void on_step(const record::Trace& trace, std::size_t index) override { all_.on_step(trace, index); }
    void on_end(const record::Trace& trace, std::span<const explore::ContextState> contexts,
                std::vector<record::Finding>& findings) override {
        std::vector<record::Finding> found;
        all_.on_end(trace, contexts, found);
        for (record::Finding& finding : found) {
            if ((machine_.*IsMeant)(finding.place)) {
                finding.severity = machine_.breaks(finding) ? record::Severity::error : finding.severity;
                findings.push_back(finding);
            }
        }
    }

    [[nodiscard]] std::size_t learned() const override { return all_.learned(); }

  private:
    const ProgramMachine& machine_;
    All all_;
};

// What locks, output and time are for is no race.
using DataRaceOfData = At<explore::detect::DataRace, &ProgramMachine::is_data>;
using KeptLock = At<explore::detect::KeptLock, &ProgramMachine::is_lock>;

struct Detectors {
    explicit Detectors(ProgramMachine& machine)
        : lost_update(&machine), data_race(machine), kept_lock(machine) {}

    explore::detect::LostUpdate lost_update;
    DataRaceOfData data_race;
    KeptLock kept_lock;
    explore::detect::LockOrder lock_order;

    [[nodiscard]] std::vector<explore::Detector*> all() {
        return {&lost_update, &data_race, &kept_lock, &lock_order};
    }
};

// Never destroyed: fibers of the program stand on it.
ExploredProgram& the_program() {
    static auto* program = new ExploredProgram;
    return *program;
}

/// Of a step. What has so many and touches nothing shared is taken for endless.
std::uint64_t most_opcodes(const CheckOptions& options) noexcept {
    constexpr std::uint64_t kOpcodesAStep = 100;
    constexpr std::uint64_t kFewest = 1'000'000;
    return std::max(kFewest, std::min(options.most_steps, std::size_t{1} << 40) * kOpcodesAStep);
}

bool load(const CheckOptions& options, CheckOutcome& outcome) {
    if (the_program().load(options.program, options.irqs, most_opcodes(options))) {
        watch_for_endless_calls(options.most_seconds);
        return true;
    }
    outcome.load_status = the_program().status() == 0 ? 2 : the_program().status();
    return false;
}

// For making the schedule of a finding smaller; where the user has set a time, it is not for that. A
// warning's need not be minimal.
constexpr double kShrink_s = 2;
constexpr std::size_t kShrinkWarningAttempts = 50;
constexpr double kShrinkInBudget_s = 0.1;

// ---- Ctrl-C while it searches

volatile std::sig_atomic_t is_interrupted = 0;

class InterruptWatch {
  public:
    InterruptWatch() {
        is_interrupted = 0;
        struct sigaction action {};
        action.sa_handler = [](int) { is_interrupted = 1; };
        action.sa_flags = SA_ONSTACK;
        sigaction(SIGINT, &action, &before_);
    }
    ~InterruptWatch() { sigaction(SIGINT, &before_, nullptr); }
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

  private:
    struct sigaction before_ {};
};

// Of the memory, what goes to what is left to do.
constexpr std::size_t kPartOfWork = 4;

std::size_t memory_of(const CheckOptions& options) {
    if (options.most_memory != 0) {
        return options.most_memory;
    }
    return static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) *
           static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 2;
}

bool tell_progress(const CheckOptions& options, const explore::SearchProgress& now) {
    if (options.on_progress) {
        options.on_progress(
            {now.statistics.counted(), now.statistics.seconds, now.depth, now.executions_left});
    }
    return is_interrupted == 0;
}

explore::SearchResult search_once(ProgramMachine& machine, const CheckOptions& options,
                                  Detectors& detectors) {
    explore::ParallelOptions how{
        .search = {.most_executions = options.most_executions,
                   .most_seconds = options.most_seconds,
                   .most_steps = options.most_steps,
                   .keep_going = options.keep_going,
                   .snapshots = options.snapshots,
                   .most_snapshot_bytes = memory_of(options) - memory_of(options) / kPartOfWork,
                   .most_work_bytes = memory_of(options) / kPartOfWork,
                   .detectors = detectors.all()},
        .workers = options.workers == 0 ? std::max(std::thread::hardware_concurrency(), 1u) : options.workers,
        .seed = options.seed,
        .preemptions = options.preemptions,
        .on_progress = [&](const explore::SearchProgress& now) { return tell_progress(options, now); }};
    if (!options.sampler.empty()) {
        how.sampler = [&](std::uint64_t seed) { return explore::make_sampler(options.sampler, seed); };
    }
    const InterruptWatch watch;
    return explore::search_in_workers(machine, how);
}

std::string end_of(explore::EndedBy why, const CheckOptions& options) {
    switch (why) {
        case explore::EndedBy::executions:
            return "--executions " + std::to_string(options.most_executions);
        case explore::EndedBy::time: {
            char text[32];
            std::snprintf(text, sizeof text, "--time %g", options.most_seconds);
            return text;
        }
        case explore::EndedBy::stop:
            return "Ctrl-C";
        case explore::EndedBy::completion:
        case explore::EndedBy::error:
            break;
    }
    return "";
}

/// Nothing ended the search, and yet it has not been through all.
std::string left_out_of(const explore::SearchResult& result, const CheckOptions& options) {
    if (result.verdict != explore::Verdict::unfinished || result.ended_by != explore::EndedBy::completion) {
        return "";
    }
    const bool was_cut = std::ranges::any_of(result.findings, [](const explore::FoundSchedule& found) {
        return found.finding.kind == record::FindingKind::step_limit;
    });
    return was_cut                        ? "what comes after --max-steps"
           : result.diverged              ? "what the program does when it is not the same twice"
           : !result.statistics.has_end() ? "an end, which no execution came to"
           : options.preemptions          ? "what takes more preemptions"
                                          : "a schedule that cannot be run as it was planned";
}

explore::SearchResult search(ProgramMachine& machine, const CheckOptions& options, Detectors& detectors) {
    explore::SearchResult result = search_once(machine, options, detectors);
    while (result.missed) {
        machine.watch_more();
        result = search_once(machine, options, detectors);
    }
    return result;
}

record::ReportVerdict verdict_of(explore::Verdict verdict) {
    switch (verdict) {
        case explore::Verdict::clean:
            return record::ReportVerdict::clean;
        case explore::Verdict::error:
            return record::ReportVerdict::error;
        case explore::Verdict::unfinished:
            break;
    }
    return record::ReportVerdict::unfinished;
}

record::Report head_of(const CheckOptions& options) {
    record::Report report;
    report.script = options.program.text;
    report.board = options.program.board.name;
    report.bounds.irqs = static_cast<int>(options.irqs);
    if (options.preemptions) {
        report.bounds.preemptions = static_cast<int>(*options.preemptions);
    }
    report.bounds.any_timing = options.any_timing;
    return report;
}

void add_finding(CheckOutcome& outcome, ProgramMachine& machine, const record::Finding& finding,
                 const record::Schedule& schedule) {
    outcome.report.findings.push_back(tell_finding(machine, finding, schedule));
    outcome.schedules.push_back(schedule);
}

bool is_at(const ProgramMachine& machine, const record::Finding& finding, const FailureToShow& failure) {
    const SourceLine* at = machine.line_of(finding.source);
    return finding.kind == failure.kind && (at == nullptr ? "" : at->file) == failure.file &&
           (at == nullptr ? 0 : at->line) == failure.line;
}

/// That an execution has more than --max-steps is found by who runs it.
explore::Replay replay_once(ProgramMachine& machine, const record::Schedule& schedule,
                            const explore::ReplayOptions& how) {
    explore::Replay run = explore::replay(machine, schedule, how);
    if (!run.ended && run.schedule.size() >= how.most_steps) {
        run.findings.push_back({.kind = record::FindingKind::step_limit});
    }
    return run;
}

bool shows(const ProgramMachine& machine, const explore::Replay& run, const FailureToShow& failure) {
    const auto is_it = [&](const record::Finding& finding) { return is_at(machine, finding, failure); };
    return !run.diverged_at && std::ranges::any_of(run.findings, is_it);
}

std::size_t count_others(const std::vector<record::Finding>& all, const record::Finding& shown) {
    std::size_t count = 0;
    for (auto one = all.begin(); one != all.end(); ++one) {
        const auto is_same = [&](const record::Finding& other) { return one->same_as(other); };
        count += is_same(shown) || std::any_of(all.begin(), one, is_same) ? 0 : 1;
    }
    return count;
}

struct ShownFailure {
    std::optional<record::Finding> finding{};  ///< nothing: the run does not show it
    record::ReportFinding told{};
    std::size_t others = 0;
    std::string output{};
    bool is_recorded = false;  ///< it says what was recorded
};

/// Of several, the one that says what was recorded.
ShownFailure tell_failure(ProgramMachine& machine, const explore::Replay& run, const FailureToShow& failure) {
    ShownFailure shown;
    if (!shows(machine, run, failure)) {
        return shown;
    }
    std::vector<record::Finding> seen;
    for (const record::Finding& finding : run.findings) {
        const auto is_same = [&](const record::Finding& other) {
            return finding.same_as(other) && finding.context == other.context &&
                   finding.other == other.other && finding.place == other.place;
        };
        if (!is_at(machine, finding, failure) || std::ranges::any_of(seen, is_same)) {
            continue;
        }
        seen.push_back(finding);
        record::ReportFinding told = tell_finding(machine, finding, run.schedule);
        const bool is_it = told.message == failure.message;
        if (is_it || !shown.finding) {
            shown = {finding, std::move(told), count_others(run.findings, finding),
                     std::string(host::captured_output()), is_it};
        }
        if (is_it) {
            break;
        }
    }
    return shown;
}

void add_crash(CheckOutcome& outcome, ProgramMachine& machine, const record::Finding& finding,
               const record::Schedule& schedule, int signal) {
    outcome.report.findings.push_back(tell_crash(machine, finding, schedule, signal));
    outcome.schedules.push_back(schedule);
}

/// In a smaller schedule, others may do it.
record::Finding as_shown(const explore::Replay& shown, const record::Finding& finding) {
    const auto same = std::ranges::find_if(
        shown.findings, [&finding](const record::Finding& one) { return one.same_as(finding); });
    return same == shown.findings.end() ? finding : *same;
}

// In its smallest schedule, unless it kills whoever tries.
void add_found(CheckOutcome& outcome, ProgramMachine& machine, Detectors& detectors,
               const explore::FoundSchedule& found, const CheckOptions& options) {
    if (found.signal != 0) {
        return add_crash(outcome, machine, found.finding, found.schedule, found.signal);
    }
    explore::ShrinkLimits limits{.seconds = options.most_seconds > 0 ? kShrinkInBudget_s : kShrink_s};
    if (!explore::is_error(found.finding)) {
        limits.attempts = kShrinkWarningAttempts;
    }
    // A step that runs on is cut where it is: each try would take as long.
    const record::Schedule shrunk =
        found.finding.kind == record::FindingKind::step_limit
            ? found.schedule
            : explore::shrink_apart(machine, found.schedule, found.finding, detectors.all(), limits);
    const explore::Replay shown = explore::replay(
        machine, shrunk,
        {.detectors = detectors.all(), .most_steps = options.most_steps, .until = &found.finding});
    add_finding(outcome, machine, as_shown(shown, found.finding), shown.schedule);
}

}  // namespace

CheckOutcome check_program(const CheckOptions& options) {
    CheckOutcome outcome;
    if (!load(options, outcome)) {
        return outcome;
    }
    ProgramMachine machine(the_program(), options.any_timing);
    Detectors detectors(machine);
    const explore::SearchResult result = search(machine, options, detectors);
    outcome.report = head_of(options);
    outcome.report.verdict = verdict_of(result.verdict);
    outcome.report.complete = result.complete;
    outcome.report.ended_by = end_of(result.ended_by, options);
    outcome.report.left_out = left_out_of(result, options);
    outcome.report.statistics = {result.statistics.executions, result.statistics.blocked,
                                 result.statistics.redundant,  result.statistics.failed,
                                 result.statistics.steps,      result.statistics.seconds};
    for (const explore::Fault& fault : result.faults) {
        outcome.faults.push_back(explore::words_of(fault));
    }
    for (const bool errors : {true, false}) {
        for (const explore::FoundSchedule& found : result.findings) {
            if (explore::is_error(found.finding) == errors) {
                add_found(outcome, machine, detectors, found, options);
            }
        }
    }
    return outcome;
}

std::vector<std::string> sampler_names() { return explore::sampler_names(); }

CheckOutcome replay_program(const CheckOptions& options, const record::Schedule& schedule,
                            const FailureToShow& failure) {
    CheckOutcome outcome;
    if (!load(options, outcome)) {
        return outcome;
    }
    ProgramMachine machine(the_program(), options.any_timing);
    outcome.report = head_of(options);
    if (const int signal = explore::signal_in(machine, schedule); signal != 0) {
        outcome.report.verdict = record::ReportVerdict::error;
        add_crash(outcome, machine, explore::finding_of_crash(machine, schedule), schedule, signal);
        return outcome;
    }
    Detectors detectors(machine);
    const explore::ReplayOptions how{.detectors = detectors.all(), .most_steps = options.most_steps};
    explore::Replay run = replay_once(machine, schedule, how);
    ShownFailure shown = tell_failure(machine, run, failure);
    // A search that has met a callback anywhere watches them in all executions. What it has found before may
    // be no race where it does.
    for (int more = 0; more < 2 && (machine.has_missed() || !shows(machine, run, failure)); ++more) {
        machine.watch_more();
        run = replay_once(machine, schedule, how);
    }
    if (ShownFailure now = tell_failure(machine, run, failure);
        now.finding && (now.is_recorded || !shown.is_recorded)) {
        shown = std::move(now);
    }
    outcome.report.verdict = record::ReportVerdict::clean;
    outcome.report.statistics.executions = 1;
    outcome.report.statistics.steps = run.schedule.size();
    if (!shown.finding) {
        return outcome;
    }
    outcome.report.findings.push_back(std::move(shown.told));
    outcome.schedules.push_back(schedule);
    outcome.report.verdict =
        explore::is_error(*shown.finding) ? record::ReportVerdict::error : record::ReportVerdict::clean;
    outcome.report.others = shown.others;
    outcome.report.output = std::move(shown.output);
    return outcome;
}

}  // namespace heddle::program
