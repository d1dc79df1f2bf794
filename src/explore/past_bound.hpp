// Whether a wait at the end of an execution would end if sources of interrupts fired more often than they
// may.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "explore/machine.hpp"

namespace heddle::explore {

/// Sources fire on, and whoever does not wait himself goes on in between: a callback, or a thread that was
/// only a service. Not thread-safe.
class PastBound {
  public:
    /// A step of the machine.
    using Run = std::function<const record::StepRecord&(ContextId)>;

    /// `end`: where contexts stand at the end. `awaited`: places that loops wait for, of contexts that have
    /// not finished.
    PastBound(Machine& machine, std::span<const ContextState> end, std::vector<Place> awaited, Run run)
        : machine_(machine), end_(end), awaited_(std::move(awaited)), run_(std::move(run)) {}

    /// Precondition: nobody can go on. The machine is anywhere afterwards.
    [[nodiscard]] bool ends_wait();

  private:
    [[nodiscard]] bool others_end_wait();
    [[nodiscard]] ContextId next_to_run();
    [[nodiscard]] bool ends_wait(ContextId context);

    Machine& machine_;
    std::span<const ContextState> end_;
    std::vector<Place> awaited_;
    Run run_;
    std::size_t last_ = 0;
};

}  // namespace heddle::explore
