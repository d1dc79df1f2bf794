// Runs one execution after another as a strategy decides, and keeps what it found.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "explore/detector.hpp"
#include "explore/strategy.hpp"

namespace heddle::explore {

/// Whether a finding ends the search (unless it is to keep going) and makes the verdict.
[[nodiscard]] bool is_error(const Finding& finding) noexcept;

struct SearchOptions {
    std::uint64_t most_executions = UINT64_MAX;
    double most_seconds = 0;           ///< 0: no limit
    std::size_t most_steps = 100'000;  ///< of one execution, above which it is cut and a step_limit finding
    bool keep_going = false;           ///< past an error
    bool snapshots = true;
    std::size_t most_snapshots = 4096;
    std::vector<Detector*> detectors = {};
    /// Called after each execution; false ends the search, as an exhausted budget does.
    std::function<bool(const struct Statistics&)> on_progress = {};
};

struct Statistics {
    std::uint64_t executions = 0;  ///< that came to their end
    std::uint64_t blocked = 0;     ///< in which somebody waits for ever
    std::uint64_t redundant = 0;   ///< cut short, as a part of one that was seen
    std::uint64_t partial =
        0;                  ///< in which a loop waits for what the execution wrote too late: see Awaits::stay
    std::uint64_t cut = 0;  ///< of more than `most_steps`
    std::uint64_t steps = 0;  ///< that the machine ran, repeated ones included
    double seconds = 0;
};

struct FoundSchedule {
    Finding finding;
    Schedule schedule;
    std::uint64_t execution = 0;  ///< the number of the execution, from 1
};

enum class Verdict : std::uint8_t { clean, error, unfinished };

struct SearchResult {
    Verdict verdict = Verdict::unfinished;
    bool complete = false;
    bool diverged = false;  ///< the machine did not repeat what it had done: the result says nothing
    Statistics statistics;
    std::vector<FoundSchedule> findings;  ///< one of a kind and place, the first
};

/// Restores the machine as it goes; its state afterwards is any.
[[nodiscard]] SearchResult search(Machine& machine, Strategy& strategy, const SearchOptions& options);

/// All executions, each once, by optimal DPOR; before that, those of no preemption, one, and so on, as far as
/// `first` executions go, so that what is found is simple. Statistics are those of the former, if it came to
/// that.
[[nodiscard]] SearchResult search_all(Machine& machine, const SearchOptions& options,
                                      std::uint64_t first = 1000);

}  // namespace heddle::explore
