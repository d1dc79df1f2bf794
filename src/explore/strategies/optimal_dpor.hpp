// Every execution once, up to the order of steps that do not conflict.
//
// Abdulla, Aronis, Jonsson, Sagonas: Optimal dynamic partial order reduction, POPL 2014; Source sets: a
// foundation for optimal dynamic partial order reduction, Journal of the ACM 64 (2017), with its treatment of
// locks. What a step will touch where a race is turned round is found out by running it there, if it is not
// fixed.
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
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;
    [[nodiscard]] bool is_complete() const noexcept override { return true; }

  private:
    // A state on the way of the current execution, before the event with the frame's index.
    struct Frame {
        WakeupTrees::Node tree =
            WakeupTrees::kNone;              // what is to be explored from here after the current branch
        Sequence asleep;                     // steps with which all was explored
        std::vector<std::uint64_t> planned;  // hashes of the sequences that were looked at
    };

    Frame& open_frame(const Execution& execution);
    void inherit_sleep(const Trace& trace, Frame& frame);
    [[nodiscard]] static ContextId first_awake(const Execution& execution, const Frame& frame);
    void forget_after(const Trace& trace, std::size_t length);
    void turn_races_round(Execution& execution);
    void turn_waits_round(Execution& execution);
    void plan(Execution& execution, std::size_t first, const PlannedStep& second, bool is_fixed);
    [[nodiscard]] bool is_new(Frame& frame);

    HappensBefore order_;
    WakeupTrees trees_;
    std::vector<Frame> frames_;  // the first depth_ of them
    std::size_t depth_ = 0;
    WakeupTrees::Node branch_ = WakeupTrees::kNone;  // the tree of the next frame
    std::vector<Race> races_;                        // of the current execution, by their second events
    Sequence sequence_;
};

}  // namespace heddle::explore
