// What a check found, ready to be told: plain data, without the program that it came from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "record/step.hpp"

namespace heddle::record {

enum class ReportVerdict : std::uint8_t { clean, error, unfinished };

struct ReportContext {
    std::string name{};  ///< "main", "thread 1 (work)", "timer -1 (tick)"
    bool is_interrupt = false;
};

/// Contexts are indices of the finding's `contexts`. A line of 0: the step has no place in the program.
struct ReportStep {
    ContextId context = 0;
    std::string file{};
    std::size_t line = 0;
    std::string source_text{};  ///< the line of the program, trimmed
    std::string what{};         ///< "reads v = 3", "takes lock m", "fires"; may be empty
    bool preempts = false;      ///< the context before it could have gone on
};

struct ReportAccess {
    ContextId context = 0;
    std::string file{};
    std::size_t line = 0;
    std::string source_text{};
    std::string what{};                ///< as that of the step which it is part of
    std::vector<std::string> locks{};  ///< held at it, by name
};

/// One who waits for ever; of a `lock_order`, who would.
struct ReportWait {
    ContextId context = 0;
    std::string
        lock{};  ///< empty: it waits for something else; with a holder: for its end, which interrupts it
    std::string file{};
    std::size_t line = 0;  ///< in which it waits
    ContextId holder = kNoContext;
    bool holder_ended = false;
    std::string held_file{};
    std::size_t held_line = 0;  ///< in which the holder took the lock
};

struct ReportFinding {
    FindingKind kind = FindingKind::exception;
    Severity severity = Severity::error;
    std::string message{};  ///< one sentence
    std::string file{};
    std::size_t line = 0;
    std::string step_file{};  ///< where the step begins that it is found at, which a replay knows it by
    std::size_t step_line = 0;
    std::string traceback{};  ///< lines that the program printed about it; may be empty
    int preemptions = 0;      ///< in the schedule
    int interrupts = 0;
    std::vector<ReportContext> contexts{};
    std::vector<ReportStep> steps{};  ///< of the whole execution; the last one fails
    std::optional<std::array<ReportAccess, 2>> accesses{};
    std::vector<ReportWait> waits{};  ///< each waits for what the next one holds, where it is a cycle
    std::string replay_path{};        ///< empty: there is no such file
};

struct ReportBounds {
    int irqs = 0;                      ///< firings of a source in one execution
    std::optional<int> preemptions{};  ///< nothing: any number
    bool any_timing = false;           ///< sleeps and limits of time end at any point
};

struct ReportStatistics {
    std::uint64_t executions = 0;  ///< that came to their end
    std::uint64_t blocked = 0;     ///< beside these, in which somebody waits for ever
    std::uint64_t redundant = 0;
    std::uint64_t failed = 0;  ///< of all these: in which a step or the end was an error
    std::uint64_t steps = 0;
    double seconds = 0;
};

struct Report {
    std::string script{};
    std::string board{};
    ReportVerdict verdict = ReportVerdict::unfinished;
    bool complete = false;
    std::string ended_by{};  ///< the budget that ended the search, as an option: "--time 60"; may be empty
    std::string left_out{};  ///< of a search that nothing ended: what it has not been through; may be empty
    ReportBounds bounds;
    std::vector<ReportFinding> findings{};
    std::size_t others = 0;  ///< findings beside these, which are not told
    std::string output{};    ///< what the program printed in the execution that is told; may be empty
    ReportStatistics statistics;
};

}  // namespace heddle::record
