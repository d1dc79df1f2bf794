// The worker's side of a search in processes.
#pragma once

#include "explore/parallel_search.hpp"
#include "explore/worker_process.hpp"

namespace heddle::explore {

/// Does tasks until the parent is gone.
void work(Machine& machine, const ParallelOptions& options, std::atomic<std::uint64_t>& executions_left,
          Channel& parent, Gauges& gauges);

}  // namespace heddle::explore
