// The reduced searches against the search of all interleavings: the same traces, each as often as it should
// be.
#include <gtest/gtest.h>

#include <cstdlib>

#include "explore/search.hpp"
#include "explore/strategies/every_interleaving.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/preemption_bounded.hpp"
#include "explore/toy/noting.hpp"
#include "explore/toy/random_program.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

constexpr std::uint64_t kMostInterleavings = 5'000;

using toy::Noting;

struct Noted {
    std::map<toy::Signature, Noting::Times> traces;
    SearchResult result;
};

Noted run(const toy::Program& program, Strategy& strategy, std::uint64_t most_executions = UINT64_MAX) {
    SearchOptions options;
    options.keep_going = true;
    options.most_executions = most_executions;
    toy::ToyMachine machine(program);
    Noting noting(strategy, toy::kTime);
    const SearchResult result = search(machine, noting, options);
    return {std::move(noting.traces), result};
}

void expect_same_traces(const Noted& every, const Noted& reduced) {
    EXPECT_TRUE(reduced.result.complete);
    EXPECT_EQ(reduced.traces.size(), every.traces.size());
    for (const auto& [signature, times] : every.traces) {
        EXPECT_TRUE(reduced.traces.contains(signature)) << testing::PrintToString(times.first);
    }
}

// Whether the program was small enough to be held against.
bool expect_right(const toy::Program& program) {
    EveryInterleaving all;
    const Noted every = run(program, all, kMostInterleavings);
    if (!every.result.complete) {
        return false;
    }
    OptimalDpor optimal;
    const Noted reduced = run(program, optimal);
    expect_same_traces(every, reduced);
    EXPECT_EQ(reduced.result.statistics.redundant, 0u);
    for (const auto& [signature, times] : reduced.traces) {
        EXPECT_EQ(times.count, 1);
    }
    PreemptionBounded bounded(1000, 1000);
    expect_same_traces(every, run(program, bounded));
    return true;
}

void expect_right(toy::Program (*program)(std::uint64_t), std::uint64_t usual_seeds) {
    const char* wanted = std::getenv("HEDDLE_SEEDS");
    const std::uint64_t seeds = wanted == nullptr ? usual_seeds : std::strtoull(wanted, nullptr, 10);
    std::uint64_t held_against = 0;
    for (std::uint64_t seed = 1; seed <= seeds && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        held_against += expect_right(program(seed)) ? 1 : 0;
    }
    EXPECT_GE(held_against, seeds / 2);
}

TEST(EveryTrace, IsExploredInRandomPrograms) { expect_right(toy::random_program, 300); }

// Each has more interleavings, and ThreadSanitizer's time is some thirty times this one.
TEST(EveryTrace, IsExploredWhereHandlersInterruptEachOther) { expect_right(toy::random_nested_program, 100); }

TEST(EveryTrace, IsExploredWithLoopsThatWait) { EXPECT_TRUE(expect_right(toy::peterson())); }

}  // namespace
}  // namespace heddle::explore
