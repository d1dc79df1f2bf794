// Running one schedule.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "explore/detector.hpp"
#include "explore/preemption.hpp"

namespace heddle::explore {

enum class Strictness : std::uint8_t {
    exact,   ///< what cannot run as it is written ends the replay
    wishes,  ///< is left out; after the last one the run goes on as a plain one, to its end
};

struct Replay {
    /// The index of the first choice that the machine could not follow. Exact replay only.
    std::optional<std::size_t> diverged_at;
    bool ended = false;  ///< no context could run any more
    Schedule schedule;   ///< what ran
    Effort effort;
    /// In the order in which they came about; those of the end and of the detectors last.
    std::vector<Finding> findings;
    /// Of each finding: how many steps it takes to show it.
    std::vector<std::size_t> lengths;
};

struct ReplayOptions {
    Strictness strictness = Strictness::exact;
    std::vector<Detector*> detectors = {};
    std::size_t most_steps = 100'000;
    /// Ends what goes on after the last choice: it need not end by itself.
    std::chrono::steady_clock::time_point plain_until = std::chrono::steady_clock::time_point::max();
    /// Ends the run at the step that shows this one.
    const Finding* until = nullptr;
};

/// From the initial state. Repeats itself: the same for the same machine and choices.
[[nodiscard]] Replay replay(Machine& machine, std::span<const ContextId> choices,
                            const ReplayOptions& options);

}  // namespace heddle::explore
