// A simpler schedule that shows the same.
#pragma once

#include <limits>
#include <vector>

#include "explore/replay.hpp"

namespace heddle::explore {

struct Shrunk {
    Schedule schedule;
    Effort effort;
    std::size_t attempts = 0;  ///< replays that it took
    bool shows = false;        ///< else the schedule given did not show the finding, and is returned
};

/// Attempts end it in the same way each time; seconds do not.
struct ShrinkLimits {
    double seconds = std::numeric_limits<double>::infinity();
    std::size_t attempts = std::numeric_limits<std::size_t>::max();
};

/// Leaves out interrupts, then preemptions, then contexts, then other switches, until none can be left out by
/// itself, or up to a limit. What it returns has been replayed and shows a finding of the same kind
/// and places.
[[nodiscard]] Shrunk shrink(Machine& machine, const Schedule& schedule, const Finding& finding,
                            const std::vector<Detector*>& detectors, const ShrinkLimits& limits = {});

}  // namespace heddle::explore
