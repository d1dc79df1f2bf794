// The reduced searches against the search of all interleavings: the same traces, each as often as it should
// be.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "explore/search.hpp"
#include "explore/strategies/every_interleaving.hpp"
#include "explore/strategies/happens_before.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/preemption_bounded.hpp"
#include "explore/toy/random_program.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

using Signature = std::vector<std::size_t>;
using Counts = std::map<Signature, int>;

// The same for two traces that differ in the order of independent steps only.
Signature signature_of(const Trace& trace) {
    Trace prefix;
    HappensBefore order;
    std::vector<Race> races;
    std::map<std::pair<ContextId, std::size_t>, Signature> parts;
    std::map<ContextId, std::size_t> ticks;
    std::vector<std::pair<ContextId, std::size_t>> names;
    Trace copy = trace;
    copy.keep(0);
    for (std::size_t i = 0; i < trace.size(); ++i) {
        copy.push(trace[i]);
        order.push(copy, races);
        names.emplace_back(trace[i].context, ticks[trace[i].context]++);
        Signature& part = parts[names.back()];
        for (const record::Touch& touch : trace.touches(trace[i])) {
            part.push_back(trace.shapes().place(touch.place) * 8 + static_cast<std::size_t>(touch.mode));
        }
        std::map<ContextId, std::size_t> before;
        for (std::size_t k = 0; k < i; ++k) {
            if (order.ordered(k, i)) {
                ++before[trace[k].context];
            }
        }
        for (const auto& [context, count] : before) {
            part.push_back(100'000 + context * 1000 + count);
        }
    }
    Signature all;
    for (const auto& [name, part] : parts) {
        all.push_back(1'000'000 + name.first);
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

// Passes on what another strategy does, and notes each execution that came to an end.
class Noting final : public Strategy {
  public:
    explicit Noting(Strategy& strategy) : strategy_(strategy) {}
    Awaits awaits() const noexcept override { return strategy_.awaits(); }
    ContextId choose(const Execution& execution) override { return strategy_.choose(execution); }
    void ran(const Execution& execution) override { strategy_.ran(execution); }
    std::optional<std::size_t> finish(Execution& execution) override {
        if (execution.enabled().empty() && !execution.ending().partial) {
            const Signature signature = signature_of(execution.trace());
            ++counts[signature];
            schedules.try_emplace(signature, execution.trace().schedule());
        }
        return strategy_.finish(execution);
    }
    bool is_complete() const noexcept override { return strategy_.is_complete(); }

    Counts counts;
    std::map<Signature, Schedule> schedules;

  private:
    Strategy& strategy_;
};

constexpr std::uint64_t kMostInterleavings = 5'000;

struct Noted {
    Counts counts;
    std::map<Signature, Schedule> schedules;
    SearchResult result;
};

Noted run(const toy::Program& program, Strategy& strategy, std::uint64_t most_executions = UINT64_MAX) {
    SearchOptions options;
    options.keep_going = true;
    options.most_executions = most_executions;
    toy::ToyMachine machine(program);
    Noting noting(strategy);
    const SearchResult result = search(machine, noting, options);
    return {std::move(noting.counts), std::move(noting.schedules), result};
}

void expect_same_traces(const Noted& every, const Noted& reduced) {
    EXPECT_TRUE(reduced.result.complete);
    EXPECT_EQ(reduced.counts.size(), every.counts.size());
    for (const auto& [signature, schedule] : every.schedules) {
        EXPECT_TRUE(reduced.counts.contains(signature)) << testing::PrintToString(schedule);
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
    for (const auto& [signature, count] : reduced.counts) {
        EXPECT_EQ(count, 1);
    }
    PreemptionBounded bounded(1000, 1000);
    expect_same_traces(every, run(program, bounded));
    return true;
}

TEST(EveryTrace, IsExploredInRandomPrograms) {
    const char* wanted = std::getenv("HEDDLE_SEEDS");
    const std::uint64_t seeds = wanted == nullptr ? 300 : std::strtoull(wanted, nullptr, 10);
    std::uint64_t held_against = 0;
    for (std::uint64_t seed = 1; seed <= seeds && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        held_against += expect_right(toy::random_program(seed)) ? 1 : 0;
    }
    EXPECT_GE(held_against, seeds / 2);
}

TEST(EveryTrace, IsExploredWithLoopsThatWait) { EXPECT_TRUE(expect_right(toy::peterson())); }

}  // namespace
}  // namespace heddle::explore
