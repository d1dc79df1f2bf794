// `heddle check`: a program and its search, from options to a report.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "host/interpreter.hpp"
#include "record/report.hpp"
#include "record/trace.hpp"

namespace heddle::host {

struct CheckOptions {
    Program program;
    unsigned irqs = 2;                    ///< firings of a source that stays armed
    std::optional<unsigned> preemptions;  ///< the most in an execution; nothing: any number
    bool random = false;                  ///< sample, instead of all executions
    std::uint64_t seed = 1;
    double most_seconds = 0;  ///< 0: no limit
    std::uint64_t most_executions = UINT64_MAX;
    std::size_t most_steps = 100'000;
    bool any_timing = false;  ///< sleeps and waits with a limit end at any point
    bool keep_going = false;
    bool snapshots = true;
};

struct CheckOutcome {
    int load_status = 0;  ///< not 0: the script did not load, which has been said
    record::Report report;
    std::vector<record::Schedule> schedules;  ///< of the report's findings
};

/// Once a process, on its first thread.
[[nodiscard]] CheckOutcome check_program(const CheckOptions& options);

/// The outcome of running one schedule; its report has what came of it.
[[nodiscard]] CheckOutcome replay_program(const CheckOptions& options, const record::Schedule& schedule);

}  // namespace heddle::host
