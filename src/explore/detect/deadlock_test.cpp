#include "explore/detect/deadlock.hpp"

#include <gtest/gtest.h>

#include "explore/search.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore::detect {
namespace {

using enum toy::OpKind;

// Runs the schedule, and calls `look` with the execution at its end.
template <class Look>
void after(const toy::Program& program, const Schedule& schedule, Look look) {
    toy::ToyMachine machine(program);
    Execution execution(machine, {});
    for (const ContextId context : schedule) {
        ASSERT_TRUE(execution.is_enabled(context));
        execution.run(context);
    }
    look(execution);
}

TEST(Deadlock, NamesWhoWaitsForWhatOfWhom) {
    after(toy::two_locks_in_opposite_order(), {0, 1}, [](Execution& execution) {
        EXPECT_TRUE(execution.enabled().empty());
        const std::vector<Wait> cycle = find_cycle(find_waits(execution.trace(), execution.contexts()));
        ASSERT_EQ(cycle.size(), 2u);
        EXPECT_EQ(cycle[0].context, 0);
        EXPECT_EQ(cycle[0].at, 2u);
        EXPECT_EQ(cycle[0].place, 501u);
        EXPECT_EQ(cycle[0].holder, 1);
        EXPECT_EQ(cycle[0].taken_at, 1001u);
        EXPECT_EQ(cycle[1].context, 1);
        EXPECT_EQ(cycle[1].holder, 0);
        EXPECT_EQ(execution.ending().findings.size(), 1u);
    });
}

TEST(Deadlock, HasNoCycleWhereALockWasNeverReleased) {
    const toy::Program program{{{{lock, 0, 0}}, {{lock, 0, 0}}}, 2, {}, {}};
    after(program, {0}, [](Execution& execution) {
        const std::vector<Wait> waits = find_waits(execution.trace(), execution.contexts());
        ASSERT_EQ(waits.size(), 1u);
        EXPECT_TRUE(find_cycle(waits).empty());
        const Finding finding = deadlock_finding(execution.trace(), execution.contexts());
        EXPECT_EQ(finding.context, 1);
        EXPECT_EQ(finding.other, 0);
        EXPECT_EQ(finding.source, 1001u);
        EXPECT_EQ(finding.other_source, 1u);
    });
}

// Two orders of taking the forks end in the same place; of the table, all wait.
TEST(Deadlock, IsFoundOnceAmongPhilosophers) {
    toy::ToyMachine machine(toy::philosophers(4));
    OptimalDpor strategy;
    SearchOptions options;
    options.keep_going = true;
    const SearchResult result = search(machine, strategy, options);
    ASSERT_EQ(result.findings.size(), 1u);
    EXPECT_EQ(result.findings[0].finding.kind, record::FindingKind::deadlock);
    EXPECT_EQ(result.findings[0].schedule.size(), 4u);
}

}  // namespace
}  // namespace heddle::explore::detect
