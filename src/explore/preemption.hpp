// How far a schedule is from one that anybody would expect.
#pragma once

#include <cstddef>
#include <tuple>

#include "explore/execution.hpp"

namespace heddle::explore {

/// The thread that ran last, whatever interrupted it since; kNoContext before any has run.
[[nodiscard]] ContextId running_thread(const Execution& execution);

/// The same, if it is enabled and neither idles nor sleeps; else kNoContext.
[[nodiscard]] ContextId thread_to_go_on(const Execution& execution);

/// Whether a step of `context` would come between two steps that the running thread could make in a row: a
/// switch to another thread, or an interrupt, while that thread could go on. Precondition: `context` is
/// enabled.
[[nodiscard]] bool preempts(const Execution& execution, ContextId context);

/// The context that a plain run would continue with: the running thread, else the first other one, and a
/// source of interrupts when there is no thread, or when none has come for a long time: a loop may wait for
/// it. Precondition: one is enabled.
[[nodiscard]] ContextId plain_choice(const Execution& execution);

/// Of two schedules that show the same, the one with less of these is simpler, in this order.
struct Effort {
    std::size_t interrupts = 0;
    std::size_t preemptions = 0;
    std::size_t contexts = 0;
    std::size_t switches = 0;
    std::size_t steps = 0;

    friend bool operator<(const Effort& left, const Effort& right) noexcept {
        const auto in_order = [](const Effort& effort) {
            return std::tie(effort.interrupts, effort.preemptions, effort.contexts, effort.switches,
                            effort.steps);
        };
        return in_order(left) < in_order(right);
    }
};

/// Counts the steps of one execution. Not thread-safe.
class EffortMeter {
  public:
    /// To be called before `context` runs its step.
    void count(const Execution& execution, ContextId context);
    [[nodiscard]] const Effort& effort() const noexcept { return effort_; }

  private:
    Effort effort_;
    std::vector<bool> has_run_;
};

}  // namespace heddle::explore
