#include "explore/search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "explore/detect/lost_update.hpp"
#include "explore/replay.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/preemption_bounded.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

using enum toy::OpKind;

SearchResult search_optimal(const toy::Program& program, const SearchOptions& options) {
    toy::ToyMachine machine(program);
    OptimalDpor strategy;
    SearchResult result = search(machine, strategy, options);
    EXPECT_EQ(machine.live_snapshots(), 0u);
    return result;
}

TEST(Search, IsCleanWhereNothingIsWrong) {
    const SearchResult result = search_optimal(toy::locked_increments(3, 1), {});
    EXPECT_EQ(result.verdict, Verdict::clean);
    EXPECT_TRUE(result.complete);
}

TEST(Search, EndsAtAnErrorUnlessItIsToKeepGoing) {
    SearchOptions options;
    const SearchResult first = search_optimal(toy::two_locks_in_opposite_order(), options);
    EXPECT_EQ(first.verdict, Verdict::error);
    EXPECT_FALSE(first.complete);
    EXPECT_EQ(first.findings.size(), 1u);
    options.keep_going = true;
    const SearchResult all = search_optimal(toy::two_locks_in_opposite_order(), options);
    EXPECT_EQ(all.verdict, Verdict::error);
    EXPECT_TRUE(all.complete);
    EXPECT_EQ(all.findings.size(), 1u);
}

TEST(Search, IsUnfinishedWhenTheBudgetEnds) {
    SearchOptions options;
    options.most_executions = 100;
    const SearchResult result = search_optimal(toy::unlocked_increments(2, 4), options);
    EXPECT_EQ(result.verdict, Verdict::unfinished);
    EXPECT_EQ(result.statistics.executions, 100u);
}

TEST(Search, CutsAnExecutionOfTooManySteps) {
    const toy::Program program{{{{set, 0, 0, 1}, {jump, 0, 0}}}, 1, {}, {}};
    SearchOptions options;
    options.most_steps = 50;
    const SearchResult result = search_optimal(program, options);
    EXPECT_EQ(result.verdict, Verdict::unfinished);
    ASSERT_EQ(result.findings.size(), 1u);
    EXPECT_EQ(result.findings[0].finding.kind, record::FindingKind::step_limit);
}

/// A toy machine in which a step that fails an assertion does not come to its end instead.
class RunsOn final : public Machine {
  public:
    explicit RunsOn(const toy::Program& program) : toy_(program) {}

    void reset() override { toy_.reset(); }
    SnapshotId take() override { return toy_.take(); }
    void restore(SnapshotId snapshot) override { toy_.restore(snapshot); }
    void drop(SnapshotId snapshot) override { toy_.drop(snapshot); }
    [[nodiscard]] std::size_t bytes_of(SnapshotId snapshot) const override { return toy_.bytes_of(snapshot); }
    std::span<const ContextState> contexts() override { return toy_.contexts(); }
    const record::StepRecord& run(ContextId context) override {
        record_ = toy_.run(context);
        if (record_.finding != nullptr) {
            finding_ = *record_.finding;
            finding_.kind = record::FindingKind::step_limit;
            record_.finding = &finding_;
        }
        return record_;
    }

  private:
    toy::ToyMachine toy_;
    record::StepRecord record_;
    Finding finding_;
};

// One thread runs on where it sees what the other one has written.
toy::Program runs_on_if_written() {
    return {{{{load, 0, 0}, {check, 0, 0, 0}, {set, 0, 1, 1}}, {{set, 0, 0, 1}, {set, 0, 2, 1}}}, 2, {}, {}};
}

TEST(Search, CutsAnExecutionAtAStepThatRunsOn) {
    RunsOn machine(runs_on_if_written());
    OptimalDpor strategy;
    const SearchResult result = search(machine, strategy, {});
    EXPECT_EQ(result.verdict, Verdict::unfinished);
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(result.statistics.executions, 1u);
    EXPECT_EQ(result.statistics.cut, 1u);
    ASSERT_EQ(result.findings.size(), 1u);
    EXPECT_EQ(result.findings[0].finding.kind, record::FindingKind::step_limit);
    EXPECT_EQ(result.findings[0].schedule.back(), 0u);
}

TEST(Search, ReplaysAStepThatRunsOn) {
    RunsOn machine(runs_on_if_written());
    const Schedule schedule = {1, 0};
    const Replay wished = replay(machine, schedule, {.strictness = Strictness::wishes});
    EXPECT_EQ(wished.schedule, schedule);
    ASSERT_EQ(wished.findings.size(), 1u);
    EXPECT_EQ(wished.findings[0].kind, record::FindingKind::step_limit);
}

TEST(Search, FindsALivelock) {
    const auto side = [](std::uint8_t own, std::uint8_t other) {
        return toy::Code{{set, 0, own, 1},   {turn},        {load, 0, other},
                         {jump_if, 0, 5, 0}, {again, 0, 1}, {set, 0, own, 0}};
    };
    SearchOptions options;
    options.keep_going = true;
    const SearchResult result = search_optimal({{side(0, 1), side(1, 0)}, 2, {}, {}}, options);
    EXPECT_EQ(result.statistics.blocked, 1u);
    EXPECT_EQ(result.statistics.executions, 2u);
    ASSERT_FALSE(result.findings.empty());
    EXPECT_EQ(result.findings[0].finding.kind, record::FindingKind::livelock);
}

TEST(Search, CountsTheSameWithFewSnapshots) {
    SearchOptions options;
    options.keep_going = true;
    for (const std::size_t most : {1u, 2u, 3u}) {
        options.most_snapshots = most;
        const SearchResult result = search_optimal(toy::unlocked_increments(2, 4), options);
        EXPECT_EQ(result.statistics.executions, 3334u);
    }
}

TEST(Search, AsksDetectorsOnceForEachExecution) {
    detect::LostUpdate detector;
    SearchOptions options;
    options.keep_going = true;
    options.detectors = {&detector};
    const SearchResult result = search_optimal(toy::unlocked_increments(2, 1), options);
    EXPECT_EQ(result.findings.size(), 2u);
    EXPECT_EQ(result.verdict, Verdict::error);
}

TEST(Search, OfAllFindsTheSimplestFirst) {
    detect::LostUpdate detector;
    SearchOptions options;
    options.detectors = {&detector};
    toy::ToyMachine machine(toy::unlocked_increments(2, 3));
    const SearchResult first = search_all(machine, options);
    EXPECT_EQ(first.verdict, Verdict::error);
    options.keep_going = true;
    const SearchResult all = search_all(machine, options);
    EXPECT_TRUE(all.complete);
    EXPECT_EQ(all.statistics.executions, 328u);
    ASSERT_FALSE(all.findings.empty());
    for (const FoundSchedule& found : all.findings) {
        const Replay again = replay(machine, found.schedule, {.detectors = {&detector}});
        EXPECT_FALSE(again.diverged_at);
        EXPECT_LE(again.effort.preemptions, 2u);
        EXPECT_TRUE(std::ranges::any_of(
            again.findings, [&](const Finding& finding) { return finding.same_as(found.finding); }));
    }
}

TEST(Search, SaysWhenTheMachineDoesNotRepeatItself) {
    // Two threads of two steps, each with a place of its own beside the one that all share.
    class Forgetful final : public Machine {
      public:
        void reset() override { done_ = {}; }
        SnapshotId take() override { return 0; }
        void restore(SnapshotId) override { done_ = {}; }
        void drop(SnapshotId) override {}
        std::size_t bytes_of(SnapshotId) const override { return 0; }
        std::span<const ContextState> contexts() override {
            for (std::size_t i = 0; i < 2; ++i) {
                states_[i].finished = done_[i] == 2;
                states_[i].enabled = !states_[i].finished;
            }
            return states_;
        }
        const record::StepRecord& run(ContextId context) override {
            ++done_[context];
            accesses_ = {{{0, record::Mode::write}, {++runs_, record::Mode::write}}};
            record_.accesses = accesses_;
            return record_;
        }

      private:
        std::array<int, 2> done_{};
        Place runs_ = 0;
        std::array<record::Access, 2> accesses_;
        std::array<ContextState, 2> states_;
        record::StepRecord record_;
    } machine;
    OptimalDpor strategy;
    const SearchResult result = search(machine, strategy, {.keep_going = true});
    EXPECT_TRUE(result.diverged);
    EXPECT_FALSE(result.complete);
}

TEST(PreemptionBounded, FindsTheFailureWithFewPreemptionsFirst) {
    detect::LostUpdate detector;
    SearchOptions options;
    options.detectors = {&detector};
    toy::ToyMachine machine(toy::unlocked_increments(3, 3));
    PreemptionBounded strategy;
    const SearchResult result = search(machine, strategy, options);
    EXPECT_EQ(result.verdict, Verdict::error);
    EXPECT_EQ(strategy.bound(), 1u);
}

TEST(PreemptionBounded, IsNotCompleteWithinABoundThatLeavesSomethingOut) {
    toy::ToyMachine machine(toy::unlocked_increments(2, 2));
    PreemptionBounded one(0, 1);
    EXPECT_EQ(search(machine, one, {}).verdict, Verdict::unfinished);
    PreemptionBounded all;
    EXPECT_EQ(search(machine, all, {}).verdict, Verdict::clean);
}

}  // namespace
}  // namespace heddle::explore
