#include "explore/replay.hpp"

#include <gtest/gtest.h>

#include "explore/search.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

TEST(Replay, RunsWhatItIsTold) {
    toy::ToyMachine machine(toy::unlocked_increments(2, 1));
    const Replay result = replay(machine, Schedule{0, 1, 1, 0}, {});
    EXPECT_FALSE(result.diverged_at);
    EXPECT_TRUE(result.ended);
    EXPECT_EQ(machine.variable(0), 1);
    EXPECT_EQ(result.effort.preemptions, 1u);
    EXPECT_EQ(result.effort.contexts, 2u);
    EXPECT_EQ(result.effort.switches, 2u);
}

TEST(Replay, SaysWhereTheMachineDoesNotFollow) {
    toy::ToyMachine machine(toy::locked_increments(2, 1));
    EXPECT_EQ(replay(machine, Schedule{0, 1, 0}, {}).diverged_at, 1u);
    EXPECT_EQ(replay(machine, Schedule{0, 0, 0, 0, 0}, {}).diverged_at, 4u);
    EXPECT_EQ(replay(machine, Schedule{5}, {}).diverged_at, 0u);
}

TEST(Replay, OfWishesLeavesOutWhatCannotRunAndGoesOnToTheEnd) {
    toy::ToyMachine machine(toy::locked_increments(2, 1));
    ReplayOptions options;
    options.strictness = Strictness::wishes;
    const Replay result = replay(machine, Schedule{1, 0, 9, 1}, options);
    EXPECT_FALSE(result.diverged_at);
    EXPECT_EQ(result.schedule, (Schedule{1, 1, 1, 1, 0, 0, 0, 0}));
    EXPECT_EQ(result.effort.preemptions, 0u);
}

TEST(Replay, WakesALoopThatWaits) {
    toy::ToyMachine machine(toy::peterson());
    ReplayOptions options;
    options.strictness = Strictness::wishes;
    const Replay result = replay(machine, Schedule{0, 0, 1, 1, 1, 1}, options);
    EXPECT_TRUE(result.ended);
    EXPECT_TRUE(result.findings.empty());
    EXPECT_EQ(machine.variable(3), 2);
}

// Every schedule that a search found shows the same again.
TEST(Replay, ShowsWhatASearchFound) {
    for (int n = 2; n <= 5; ++n) {
        toy::ToyMachine machine(toy::philosophers(n));
        OptimalDpor strategy;
        const SearchResult found = search(machine, strategy, {});
        ASSERT_EQ(found.findings.size(), 1u);
        const Replay result = replay(machine, found.findings[0].schedule, {});
        ASSERT_EQ(result.findings.size(), 1u);
        EXPECT_TRUE(result.findings[0].same_as(found.findings[0].finding));
    }
}

}  // namespace
}  // namespace heddle::explore
