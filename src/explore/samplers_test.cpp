// How soon samplers find bugs. The numbers of executions are means of many searches, each with a seed of its
// own.
#include <gtest/gtest.h>

#include "explore/search.hpp"
#include "explore/strategies/pct.hpp"
#include "explore/strategies/pos.hpp"
#include "explore/strategies/random_walk.hpp"
#include "explore/strategies/reads_from.hpp"
#include "explore/strategies/rotation.hpp"
#include "explore/strategies/urw.hpp"
#include "explore/toy/buggy_programs.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

constexpr int kSearches = 2000;

SearchResult search_with(Strategy& strategy, Machine& machine) {
    return search(machine, strategy, {.most_executions = 100'000});
}

// What the strategy learns about the program it keeps from one search to the next: the means are those after
// profiling.
double mean_executions(const toy::Program& program, Strategy& strategy) {
    toy::ToyMachine machine(program);
    double total = 0;
    for (int i = 0; i < kSearches; ++i) {
        const SearchResult result = search_with(strategy, machine);
        EXPECT_EQ(result.verdict, Verdict::error);
        total += static_cast<double>(result.statistics.executions + result.statistics.blocked);
    }
    return total / kSearches;
}

struct Means {
    double walk, urw, pct, pos;
};

void expect_near(double mean, double published) {
    EXPECT_GE(mean, 0.8 * published);
    EXPECT_LE(mean, 1.2 * published);
}

void expect_means(const toy::Program& program, const Means& published) {
    RandomWalk walk(1);
    expect_near(mean_executions(program, walk), published.walk);
    Urw urw(2);
    expect_near(mean_executions(program, urw), published.urw);
    Pct pct(3, 3);
    expect_near(mean_executions(program, pct), published.pct);
    Pos pos(4);
    expect_near(mean_executions(program, pos), published.pos);
}

TEST(Samplers, FindTheBugOfAccount) { expect_means(toy::account(), {3, 2.5, 3, 3}); }
TEST(Samplers, FindTheBugOfLazy) { expect_means(toy::lazy(), {3, 2.4, 3, 2.9}); }
TEST(Samplers, FindADeadlockOfTwo) { expect_means(toy::crossed_locks(), {2, 1.8, 6.6, 3}); }
TEST(Samplers, FindTheBugOfTheBluetoothDriver) { expect_means(toy::bluetooth_driver(), {26, 62, 15, 15}); }
TEST(Samplers, FindTheBugOfTwoStage) { expect_means(toy::two_stage(), {65, 45, 6.7, 12}); }
TEST(Samplers, FindTheBugOfReorder3) { expect_means(toy::reorder(2), {20, 6.9, 14.5, 9.8}); }
TEST(Samplers, FindTheBugOfReorder5) { expect_means(toy::reorder(4), {33, 8.5, 34, 16}); }
TEST(Samplers, FindTheDeadlockOfPhilosophers) { expect_means(toy::philosophers(5), {6.2, 4.3, 175, 15}); }

TEST(Samplers, WithFeedbackFindWhatManyThreadsHide) {
    constexpr std::uint64_t kSeeds = 200;
    double total = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        toy::ToyMachine machine(toy::started_reorder(99));
        ReadsFrom strategy(seed);
        const SearchResult result = search(machine, strategy, {.most_executions = 1000});
        EXPECT_EQ(result.verdict, Verdict::error);
        EXPECT_GE(strategy.combinations(), 1u);
        total += static_cast<double>(result.statistics.executions);
    }
    EXPECT_LE(total / kSeeds, 30);
}

TEST(Samplers, OfEachKindFindEachBug) {
    for (const toy::Program& program :
         {toy::account(), toy::bluetooth_driver(), toy::two_stage(), toy::reorder(4)}) {
        toy::ToyMachine machine(program);
        Urw selective(5, Selection::one_place);
        EXPECT_EQ(search_with(selective, machine).verdict, Verdict::error);
        EXPECT_EQ(search_with(*make_random_search(6), machine).verdict, Verdict::error);
    }
}

TEST(Samplers, DoTheSameForTheSameSeed) {
    toy::ToyMachine machine(toy::reorder(4));
    const auto schedule = [&](std::uint64_t seed) {
        return search_with(*make_random_search(seed), machine).findings.at(0).schedule;
    };
    EXPECT_EQ(schedule(7), schedule(7));
    EXPECT_NE(schedule(7), schedule(8));
}

TEST(Samplers, RunOnlyWhatIsNotKnownAndFindTheSame) {
    for (const toy::Program& program :
         {toy::locked_increments(2, 1), toy::bluetooth_driver(), toy::peterson(), toy::philosophers(3)}) {
        toy::ToyMachine machine(program);
        SearchOptions options{.most_executions = 2000, .keep_going = true};
        const SearchResult quick = search(machine, *make_random_search(9), options);
        options.snapshots = false;
        const SearchResult slow = search(machine, *make_random_search(9), options);
        EXPECT_LT(quick.statistics.steps, slow.statistics.steps);
        EXPECT_EQ(quick.statistics.executions, slow.statistics.executions);
        EXPECT_EQ(quick.statistics.blocked, slow.statistics.blocked);
        EXPECT_EQ(quick.statistics.failed, slow.statistics.failed);
        ASSERT_EQ(quick.findings.size(), slow.findings.size());
        for (std::size_t i = 0; i < quick.findings.size(); ++i) {
            EXPECT_EQ(quick.findings[i].schedule, slow.findings[i].schedule);
            EXPECT_EQ(quick.findings[i].execution, slow.findings[i].execution);
        }
    }
}

TEST(Samplers, CreateContextsAsTheyGo) {
    using enum toy::OpKind;
    const toy::Program program{{{{start, 0, 1}, {start, 0, 2}, {load, 0, 0}, {check_at_most, 0, 0, 1}},
                                {{change, 0, 0, 1}},
                                {{change, 0, 0, 1}}},
                               1,
                               {},
                               {}};
    toy::ToyMachine machine(program);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(search_with(*make_random_search(static_cast<std::uint64_t>(i)), machine).verdict,
                  Verdict::error);
    }
}

}  // namespace
}  // namespace heddle::explore
