// Runs one execution after another as a strategy decides, and keeps what it found.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "explore/detector.hpp"
#include "explore/gauges.hpp"
#include "explore/strategy.hpp"

namespace heddle::explore {

/// Whether a finding ends the search (unless it is to keep going) and makes the verdict.
[[nodiscard]] bool is_error(const Finding& finding) noexcept;

struct FoundSchedule;

struct SearchOptions {
    std::uint64_t most_executions = UINT64_MAX;
    double most_seconds = 0;           ///< 0: no limit
    std::size_t most_steps = 100'000;  ///< of one execution, above which it is cut and a step_limit finding
    bool keep_going = false;           ///< past an error
    bool snapshots = true;
    std::size_t most_snapshots = 4096;
    std::size_t most_snapshot_bytes = SIZE_MAX;  ///< of all together
    /// Of the steps that all executions to come begin with; what is more goes to files.
    std::size_t most_work_bytes = SIZE_MAX;
    std::vector<Detector*> detectors = {};
    /// Called after each execution; false ends the search, as an exhausted budget does.
    std::function<bool(const Statistics&)> on_progress = {};

    // ---- for a search that is a part of a larger one

    Gauges* gauges = nullptr;                               ///< whether to stop is looked up there, too
    std::atomic<std::uint64_t>* executions_left = nullptr;  ///< of all parts
    std::vector<Schedule> crashes = {};  ///< where the machine dies in the last step: it is not run
    /// Called when it is found. The ones that come to the same are not told again.
    std::function<void(const FoundSchedule&)> on_finding = {};
    /// An execution from which a detector learned: see Detector::learned().
    std::function<void(const Schedule&)> on_lesson = {};
};

struct FoundSchedule {
    Finding finding;
    Schedule schedule;
    std::uint64_t execution = 0;  ///< the number of the execution, from 1
    /// It is not what the step did: in it the process of the machine ended, by this signal; 0: it did not.
    int signal = 0;
};

/// What ended a process of the search, and was no doing of the program.
struct Fault {
    LastWord why = LastWord::fault;
    std::string sentence = {};
    Schedule schedule = {};  ///< that ran
};

/// Why a search went no further.
enum class EndedBy : std::uint8_t {
    completion,
    error,       ///< and it was not to keep going
    executions,  ///< the budget
    time,        ///< the budget
    stop,        ///< somebody said so
};

enum class Verdict : std::uint8_t { clean, error, unfinished };

struct SearchResult {
    Verdict verdict = Verdict::unfinished;
    bool complete = false;
    EndedBy ended_by = EndedBy::completion;
    bool diverged = false;  ///< the machine did not repeat what it had done: the result says nothing
    bool missed = false;    ///< see Machine::has_missed(): the result says nothing
    Statistics statistics;
    std::vector<FoundSchedule> findings;  ///< one of a kind and place, the first
    /// One of a sentence, the first. The search is not complete if there are any.
    std::vector<Fault> faults = {};
};

/// A lock order that an execution has waited in is told by the deadlock.
void drop_orders_that_met(std::vector<FoundSchedule>& findings);

/// Restores the machine as it goes; its state afterwards is any.
[[nodiscard]] SearchResult search(Machine& machine, Strategy& strategy, const SearchOptions& options);

/// All executions, each once, by optimal DPOR; before that, those of no preemption, one, and so on, as far as
/// `first` executions go, so that what is found is simple. Statistics are those of the former, if it came to
/// that.
[[nodiscard]] SearchResult search_all(Machine& machine, const SearchOptions& options,
                                      std::uint64_t first = 1000);

}  // namespace heddle::explore
