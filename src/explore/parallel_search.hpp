// A search in processes of its own: as many as there are processors, and none whose death ends it.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "explore/search.hpp"

namespace heddle::explore {

struct SearchProgress {
    Statistics statistics;
    std::size_t depth = 0;                       ///< steps of the longest execution, of late
    std::optional<double> executions_left = {};  ///< an estimate
};

struct ParallelOptions {
    /// `on_progress`, `gauges` and the like are the workers' own. Memory is for all of them together.
    SearchOptions search;
    std::size_t workers = 1;
    /// A sampler for a seed; nothing: all executions.
    std::function<std::unique_ptr<Strategy>(std::uint64_t seed)> sampler = {};
    std::uint64_t seed = 1;
    /// The most preemptions in an execution; nothing: any number. Not for samples.
    std::optional<std::size_t> preemptions = {};
    /// Called some times in a second; false ends the search.
    std::function<bool(const SearchProgress&)> on_progress = {};
};

/// What search_all() finds, and what one search with samples finds: the counts of a search that is complete
/// do not depend on the number of workers, nor do those of samples, unless time ends them. Where a worker
/// dies, its schedule is a finding, an `exception` with a signal; what it did is done again, and the search
/// is not complete. Where it is a fault of this program, or want of memory, that ends it, the result has that
/// beside the findings. There are fewer workers where the system lets no more start, and a std::system_error
/// where it lets none. All executions within a bound of preemptions are one worker's task.
///
/// The machine runs in this process for lessons of detectors only. Precondition: the process has one thread.
[[nodiscard]] SearchResult search_in_workers(Machine& machine, const ParallelOptions& options);

}  // namespace heddle::explore
