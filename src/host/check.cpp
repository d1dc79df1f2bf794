#include "host/check.hpp"

#include "explore/detect/data_race.hpp"
#include "explore/detect/kept_lock.hpp"
#include "explore/detect/lock_order.hpp"
#include "explore/detect/lost_update.hpp"
#include "explore/replay.hpp"
#include "explore/search.hpp"
#include "explore/shrink.hpp"
#include "explore/strategies/preemption_bounded.hpp"
#include "explore/strategies/rotation.hpp"
#include "host/check_words.hpp"
#include "host/program_machine.hpp"

namespace heddle::host {
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

  private:
    const ProgramMachine& machine_;
    All all_;
};

// What a list's method changes, it changes whole; what locks, output and time are for is no race.
using LostUpdateOfVariable = At<explore::detect::LostUpdate, &ProgramMachine::is_variable>;
using DataRaceOfData = At<explore::detect::DataRace, &ProgramMachine::is_data>;
using KeptLock = At<explore::detect::KeptLock, &ProgramMachine::is_lock>;

struct Detectors {
    explicit Detectors(const ProgramMachine& machine)
        : lost_update(machine), data_race(machine), kept_lock(machine) {}

    LostUpdateOfVariable lost_update;
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

bool load(const CheckOptions& options, CheckOutcome& outcome) {
    if (the_program().load(options.program, options.irqs)) {
        return true;
    }
    outcome.load_status = the_program().status() == 0 ? 2 : the_program().status();
    return false;
}

explore::SearchResult search(ProgramMachine& machine, const CheckOptions& options, Detectors& detectors) {
    const explore::SearchOptions how{.most_executions = options.most_executions,
                                     .most_seconds = options.most_seconds,
                                     .most_steps = options.most_steps,
                                     .keep_going = options.keep_going,
                                     .snapshots = options.snapshots,
                                     .detectors = detectors.all()};
    if (options.random) {
        const auto strategy = explore::make_random_search(options.seed);
        return explore::search(machine, *strategy, how);
    }
    if (options.preemptions) {
        explore::PreemptionBounded strategy(0, *options.preemptions);
        return explore::search(machine, strategy, how);
    }
    return explore::search_all(machine, how);
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
    return report;
}

void add_finding(CheckOutcome& outcome, ProgramMachine& machine, const record::Finding& finding,
                 const record::Schedule& schedule) {
    outcome.report.findings.push_back(tell_finding(machine, finding, schedule));
    outcome.schedules.push_back(schedule);
}

}  // namespace

CheckOutcome check_program(const CheckOptions& options) {
    CheckOutcome outcome;
    if (!load(options, outcome)) {
        return outcome;
    }
    ProgramMachine machine(the_program());
    Detectors detectors(machine);
    const explore::SearchResult result = search(machine, options, detectors);
    outcome.report = head_of(options);
    outcome.report.verdict = verdict_of(result.verdict);
    outcome.report.complete = result.complete;
    outcome.report.statistics = {result.statistics.executions, result.statistics.blocked,
                                 result.statistics.redundant, result.statistics.steps,
                                 result.statistics.seconds};
    for (const explore::FoundSchedule& found : result.findings) {
        const explore::Shrunk shrunk =
            explore::shrink(machine, found.schedule, found.finding, detectors.all());
        const explore::Replay shown = explore::replay(
            machine, shrunk.schedule,
            {.detectors = detectors.all(), .most_steps = options.most_steps, .until = &found.finding});
        add_finding(outcome, machine, found.finding, shown.schedule);
    }
    return outcome;
}

CheckOutcome replay_program(const CheckOptions& options, const record::Schedule& schedule) {
    CheckOutcome outcome;
    if (!load(options, outcome)) {
        return outcome;
    }
    ProgramMachine machine(the_program());
    Detectors detectors(machine);
    const explore::Replay run =
        explore::replay(machine, schedule, {.detectors = detectors.all(), .most_steps = options.most_steps});
    outcome.report = head_of(options);
    outcome.report.verdict = record::ReportVerdict::clean;
    outcome.report.statistics.executions = 1;
    outcome.report.statistics.steps = run.schedule.size();
    for (const record::Finding& finding : run.findings) {
        if (explore::is_error(finding)) {
            outcome.report.verdict = record::ReportVerdict::error;
        }
        add_finding(outcome, machine, finding, run.schedule);
    }
    return outcome;
}

}  // namespace heddle::host
