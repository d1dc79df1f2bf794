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

/// Leaves out interrupts, then preemptions, then contexts, then other switches, until none can be left out by
/// itself, or until the time is over. What it returns has been replayed and shows a finding of the same kind
/// and places.
[[nodiscard]] Shrunk shrink(Machine& machine, const Schedule& schedule, const Finding& finding,
                            const std::vector<Detector*>& detectors,
                            double most_seconds = std::numeric_limits<double>::infinity());

}  // namespace heddle::explore
