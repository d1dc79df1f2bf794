// How a search decides: which context takes the next step, and which execution comes after this one.
#pragma once

#include <cstddef>
#include <optional>

#include "explore/execution.hpp"

namespace heddle::explore {

/// Lives as long as one search, and is asked in this order: start(); choose() and ran() for each step,
/// finish() when an execution has ended. Not thread-safe.
class Strategy {
  public:
    virtual ~Strategy() = default;

    /// What becomes of loops that wait, in the executions that this strategy makes.
    [[nodiscard]] virtual Awaits awaits() const noexcept { return Awaits::wake; }

    /// Before the first execution.
    virtual void start(Execution& execution) { static_cast<void>(execution); }

    /// One of the enabled contexts; kNoContext cuts the execution short, as one that was seen already.
    /// Precondition: at least one is enabled.
    [[nodiscard]] virtual ContextId choose(const Execution& execution) = 0;

    /// The step that was chosen is the last of the trace now.
    virtual void ran(const Execution& execution) { static_cast<void>(execution); }

    /// The execution is over. The next one shares the first so many steps with it; nothing: there is no next
    /// one.
    [[nodiscard]] virtual std::optional<std::size_t> finish(Execution& execution) = 0;

    /// May what is left be divided now? While it is too much to be told, it may not.
    [[nodiscard]] virtual bool can_be_divided() const noexcept { return true; }

    /// The search ends here, although finish() has said how it would go on.
    virtual void leave(Execution& execution) { static_cast<void>(execution); }

    /// How much of all executions it has been through, from 0 to 1; an estimate, for people.
    [[nodiscard]] virtual double explored() const { return 0; }

    /// The machine could not run a step that a race promised: it left accesses out, and executions are
    /// missing.
    [[nodiscard]] virtual bool is_lost() const noexcept { return false; }

    /// Whether it has been through all executions, once finish() has returned nothing.
    [[nodiscard]] virtual bool is_complete() const noexcept { return false; }
};

}  // namespace heddle::explore
