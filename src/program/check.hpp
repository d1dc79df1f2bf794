// `heddle check`: a program and its search, from options to a report.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/interpreter.hpp"
#include "record/report.hpp"
#include "record/trace.hpp"

namespace heddle::program {

struct CheckProgress {
    std::uint64_t executions = 0;
    double seconds = 0;
    std::size_t depth = 0;                       ///< steps of the longest execution, of late
    std::optional<double> executions_left = {};  ///< an estimate
};

struct CheckOptions {
    host::Program program;
    unsigned irqs = 2;                    ///< firings of a source that stays armed
    std::optional<unsigned> preemptions;  ///< the most in an execution; nothing: any number
    std::string sampler;                  ///< of sampler_names(); empty: all executions
    std::uint64_t seed = 1;               ///< of the sampler
    double most_seconds = 0;              ///< 0: no limit
    std::uint64_t most_executions = UINT64_MAX;
    std::size_t most_steps = 100'000;
    bool any_timing = false;  ///< sleeps and waits with a limit end at any point
    bool keep_going = false;
    bool snapshots = true;    ///< else each execution begins at the initial state
    std::size_t workers = 0;  ///< processes; 0: as many as there are processors
    /// Bytes for what the search keeps, of all processes together; 0: half of the machine's.
    std::size_t most_memory = 0;
    /// Called some times in a second, while the search goes on.
    std::function<void(const CheckProgress&)> on_progress = {};
};

struct CheckOutcome {
    int load_status = 0;  ///< not 0: the script did not load, which has been said
    record::Report report;
    std::vector<record::Schedule> schedules;  ///< of the report's findings
    std::vector<std::string> faults = {};     ///< that left a part of the search out, a line each
};

/// What CheckOptions::sampler may be.
[[nodiscard]] std::vector<std::string> sampler_names();

/// Once a process, on its first thread. Ctrl-C ends the search, with what it has found so far.
[[nodiscard]] CheckOutcome check_program(const CheckOptions& options);

/// What a schedule is run again for.
struct FailureToShow {
    record::FindingKind kind;
    std::string file;  ///< of the step that it is found at
    std::size_t line;
    std::string message;  ///< which of several there
};

/// Once a process. The outcome of running one schedule: its report has this failure, and what the program
/// printed. Without a finding: something that the schedule depends on has changed.
[[nodiscard]] CheckOutcome replay_program(const CheckOptions& options, const record::Schedule& schedule,
                                          const FailureToShow& failure);

}  // namespace heddle::program
