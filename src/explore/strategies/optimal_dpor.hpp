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
#include <unordered_set>
#include <vector>

#include "explore/strategies/happens_before.hpp"
#include "explore/strategies/moves.hpp"
#include "explore/strategies/subtree.hpp"
#include "explore/strategies/wakeup_tree.hpp"
#include "explore/strategy.hpp"

namespace heddle::explore {

class OptimalDpor final : public Strategy {
  public:
    /// A sequence from the state after the first `length` moves of the prefix, to be explored by whoever has
    /// this state.
    using Outside = std::function<void(std::size_t length, DescribedSequence sequence)>;

    /// Numbers for states with what is to be run there.
    using KnownWays = std::unordered_set<std::uint64_t>;

    /// All executions.
    OptimalDpor() = default;
    /// Those of a part. What is left to do goes to a file above so many bytes. `known_ways`: where ways have
    /// been looked for, of other parts of the same search too.
    OptimalDpor(Subtree subtree, Outside outside, std::size_t most_in_memory = SIZE_MAX,
                KnownWays* known_ways = nullptr)
        : subtree_(std::move(subtree)),
          outside_(std::move(outside)),
          most_in_memory_(most_in_memory),
          known_ways_(known_ways),
          trees_(most_in_memory) {}
    [[nodiscard]] bool is_spilled() const noexcept { return trees_.is_spilled(); }

    /// What is left of the part, if the search has ended before it: states from the prefix on, each reached
    /// from the one before by the step that it took. The last one has no such step.
    [[nodiscard]] std::vector<OpenState> hand_over() { return std::move(left_); }

    void start(Execution& execution) override;
    [[nodiscard]] bool can_be_divided() const noexcept override;
    void leave(Execution& execution) override;
    [[nodiscard]] Awaits awaits() const noexcept override { return Awaits::stay; }
    [[nodiscard]] ContextId choose(const Execution& execution) override;
    void ran(const Execution& execution) override;
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;
    [[nodiscard]] double explored() const override;
    [[nodiscard]] bool is_complete() const noexcept override { return !is_lost_; }
    [[nodiscard]] bool is_lost() const noexcept override { return is_lost_; }

  private:
    // A state on the way of the current execution, before the move with the frame's index.
    struct Frame {
        WakeupTrees::Node tree =
            WakeupTrees::kNone;              // what is to be explored from here after the current branch
        Sequence asleep;                     // steps with which all was explored
        std::vector<std::uint64_t> planned;  // hashes of the sequences that were looked at
        std::size_t taken = 0;               // branches that are done
        bool has_skipped = false;            // the tree may have what was explored
    };

    // What the step did, this context could have done instead: time passed, or it was due.
    struct Tie {
        std::size_t step;
        ContextId context;
    };

    [[nodiscard]] ContextId go_on_in_move(const Execution& execution);
    [[nodiscard]] ContextId enabled_or_lost(const Execution& execution, ContextId context);
    void note_ties(const Execution& execution);
    Frame& open_frame();
    void skip_turns(const Execution& execution, Frame& frame);
    void inherit_sleep(Frame& frame);
    [[nodiscard]] static ContextId first_awake(const Execution& execution, const Frame& frame);
    void forget_after(std::size_t length);
    void turn_races_round(Execution& execution);
    void turn_waits_round(Execution& execution);
    void turn_ways_round(Execution& execution);
    void turn_ties_round(Execution& execution);
    /// The sequence, from the state before `first`.
    void insert(Execution& execution, std::size_t first, const record::Event& known);
    [[nodiscard]] bool knows_ways(std::size_t first);
    void insert_ways(Execution& execution, std::size_t first, const record::Event& known);
    [[nodiscard]] bool is_other(std::size_t first) const;
    [[nodiscard]] bool comes_later_too(Execution& execution, std::size_t first);
    void insert_sequence(Execution& execution, std::size_t first);
    void add_steps(const PlannedStep& move);
    void plan(Execution& execution, std::size_t first, const PlannedStep& second, const record::Event& known);
    void leave_out_what_stops(Execution& execution, std::size_t first);

    Subtree subtree_;
    Outside outside_;
    std::size_t most_in_memory_ = SIZE_MAX;
    KnownWays* known_ways_ = nullptr;
    Sequence first_asleep_;  // of the frame after the prefix
    std::vector<OpenState> left_;
    Blocks blocks_;
    Moves moves_{blocks_};  // of the current execution
    HappensBefore order_;   // of the moves
    WakeupTrees trees_;
    std::vector<Frame> frames_;  // the first depth_ of them
    std::size_t depth_ = 0;
    WakeupTrees::Node branch_ = WakeupTrees::kNone;  // the tree of the next frame
    bool is_lost_ = false;
    std::vector<Race> races_;         // of the current execution, by their second events
    std::vector<Tie> ties_;           // of the current execution, by their steps
    std::vector<ContextId> enabled_;  // before the last step
    std::vector<ContextId> due_;      // of these
    bool all_wake_up_ = false;
    Sequence sequence_;  // from some state
    Schedule steps_;     // what runs there
    BlockReader block_;  // of the move that comes next or has begun, as planned
};

}  // namespace heddle::explore
