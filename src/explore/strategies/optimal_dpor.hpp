// Every execution once, up to the order of steps that do not conflict.
//
// Abdulla, Aronis, Jonsson, Sagonas: Optimal dynamic partial order reduction, POPL 2014; Source sets: a
// foundation for optimal dynamic partial order reduction, Journal of the ACM 64 (2017), with its treatment of
// locks. What a step will touch where a race is turned round is found out by running it there, if it is not
// fixed.
//
// Parts of the search can be explored at the same time: a state's branches sleep for each other in the order
// in which they are taken up, whether or not one is done when the next one begins, and a sequence that begins
// with a branch that was taken up is that branch's to explore. So each execution stays in one of them.
#pragma once

#include <functional>
#include <vector>

#include "explore/strategies/happens_before.hpp"
#include "explore/strategies/subtree.hpp"
#include "explore/strategies/wakeup_tree.hpp"
#include "explore/strategy.hpp"

namespace heddle::explore {

class OptimalDpor final : public Strategy {
  public:
    /// A sequence from the state after the first `length` steps of the prefix, to be explored by whoever has
    /// this state.
    using Outside = std::function<void(std::size_t length, DescribedSequence sequence)>;

    /// All executions.
    OptimalDpor() = default;
    /// Those of a part.
    OptimalDpor(Subtree subtree, Outside outside)
        : subtree_(std::move(subtree)), outside_(std::move(outside)) {}

    /// What is left of the part, if the search has ended before it: states from the prefix on, each reached
    /// from the one before by the step that it took. The last one has no such step.
    [[nodiscard]] std::vector<OpenState> hand_over() { return std::move(left_); }

    void start(Execution& execution) override;
    void leave(const Execution& execution) override;
    [[nodiscard]] Awaits awaits() const noexcept override { return Awaits::stay; }
    [[nodiscard]] ContextId choose(const Execution& execution) override;
    void ran(const Execution& execution) override;
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;
    [[nodiscard]] double explored() const override;
    [[nodiscard]] bool is_complete() const noexcept override { return !is_lost_; }
    [[nodiscard]] bool is_lost() const noexcept override { return is_lost_; }

  private:
    // A state on the way of the current execution, before the event with the frame's index.
    struct Frame {
        WakeupTrees::Node tree =
            WakeupTrees::kNone;              // what is to be explored from here after the current branch
        Sequence asleep;                     // steps with which all was explored
        std::vector<std::uint64_t> planned;  // hashes of the sequences that were looked at
        std::size_t taken = 0;               // branches that are done
    };

    // Time passed in the step, and could have passed for this context instead.
    struct Tie {
        std::size_t step;
        ContextId context;
    };

    Frame& open_frame(const Execution& execution);
    void inherit_sleep(const Trace& trace, Frame& frame);
    [[nodiscard]] static ContextId first_awake(const Execution& execution, const Frame& frame);
    void forget_after(const Trace& trace, std::size_t length);
    void turn_races_round(Execution& execution);
    void turn_waits_round(Execution& execution);
    void turn_ties_round(Execution& execution);
    /// The sequence, from the state before `first`.
    void insert(Execution& execution, std::size_t first, const record::Event& known);
    void plan(Execution& execution, std::size_t first, const PlannedStep& second, const record::Event& known);
    void leave_out_what_stops(Execution& execution, std::size_t first);

    Subtree subtree_;
    Outside outside_;
    Sequence first_asleep_;  // of the frame after the prefix
    std::vector<OpenState> left_;
    HappensBefore order_;
    WakeupTrees trees_;
    std::vector<Frame> frames_;  // the first depth_ of them
    std::size_t depth_ = 0;
    WakeupTrees::Node branch_ = WakeupTrees::kNone;  // the tree of the next frame
    bool is_lost_ = false;
    std::vector<Race> races_;         // of the current execution, by their second events
    std::vector<Tie> ties_;           // of the current execution, by their steps
    std::vector<ContextId> enabled_;  // before the last step
    bool all_wake_up_ = false;
    Sequence sequence_;
};

}  // namespace heddle::explore
