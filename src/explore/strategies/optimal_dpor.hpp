// Every execution once, up to the order of steps that do not conflict.
//
// Abdulla, Aronis, Jonsson, Sagonas: Optimal dynamic partial order reduction, POPL 2014; Source sets: a foundation for
// optimal dynamic partial order reduction, Journal of the ACM 64 (2017), with its treatment of locks. Departures: races
// are looked for once, in the first execution that has both events; a step that could be another one where a race is
// turned round (a handler's) conflicts with everything there.
#pragma once

#include <vector>

#include "explore/strategies/happens_before.hpp"
#include "explore/strategies/wakeup_tree.hpp"
#include "explore/strategy.hpp"

namespace heddle::explore {

class OptimalDpor final : public Strategy {
  public:
    [[nodiscard]] Awaits awaits() const noexcept override { return Awaits::stay; }
    [[nodiscard]] ContextId choose(const Execution& execution) override;
    void ran(const Execution& execution) override;
    [[nodiscard]] std::optional<std::size_t> finish(const Execution& execution) override;
    [[nodiscard]] bool is_complete() const noexcept override { return true; }

  private:
    // A state on the way of the current execution, before the event with the frame's index.
    struct Frame {
        WakeupTrees::Node tree = WakeupTrees::kNone;  // what is to be explored from here after the current branch
        Sequence asleep;                              // steps with which all was explored, none of an order
    };

    Frame& open_frame(const Execution& execution);
    void inherit_sleep(const Trace& trace, Frame& frame);
    [[nodiscard]] static ContextId first_awake(const Execution& execution, const Frame& frame);
    void turn_races_round(const Execution& execution);
    void turn_waits_round(const Execution& execution);
    void plan(const Trace& trace, std::size_t first, const PlannedStep& second);

    HappensBefore order_;
    WakeupTrees trees_;
    std::vector<Frame> frames_;  // the first depth_ of them
    std::size_t depth_ = 0;
    WakeupTrees::Node branch_ = WakeupTrees::kNone;  // the tree of the next frame
    std::vector<Race> races_;
    Sequence sequence_;
};

}  // namespace heddle::explore
