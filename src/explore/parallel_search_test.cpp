#include "explore/parallel_search.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <new>

#include "base/assert.hpp"
#include "explore/crash.hpp"
#include "explore/detect/lock_order.hpp"
#include "explore/detect/lost_update.hpp"
#include "explore/strategies/rotation.hpp"
#include "explore/toy/random_program.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

SearchResult search_whole(const toy::Program& program) {
    toy::ToyMachine machine(program);
    return search_all(machine, {.keep_going = true});
}

SearchResult search_with(std::size_t workers, const toy::Program& program, ParallelOptions options = {}) {
    toy::ToyMachine machine(program);
    options.workers = workers;
    return search_in_workers(machine, options);
}

void expect_the_same_counts(const toy::Program& program) {
    const SearchResult whole = search_whole(program);
    for (const std::size_t workers : {1u, 2u, 4u}) {
        SCOPED_TRACE(testing::Message() << workers << " workers");
        const SearchResult result = search_with(workers, program, {.search = {.keep_going = true}});
        EXPECT_EQ(whole.verdict, result.verdict);
        EXPECT_EQ(whole.complete, result.complete);
        EXPECT_EQ(whole.statistics.executions, result.statistics.executions);
        EXPECT_EQ(whole.statistics.blocked, result.statistics.blocked);
        EXPECT_EQ(whole.findings.size(), result.findings.size());
    }
}

TEST(ParallelSearch, CountsAsOneProcessDoes) {
    expect_the_same_counts(toy::unlocked_increments(2, 5));
    expect_the_same_counts(toy::locked_increments(2, 3));
    expect_the_same_counts(toy::last_zero(5));
    expect_the_same_counts(toy::philosophers(8));
    expect_the_same_counts(toy::peterson());
}

TEST(ParallelSearch, CountsAsOneProcessDoesInRandomPrograms) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        expect_the_same_counts(toy::random_program(seed));
        expect_the_same_counts(toy::random_nested_program(seed));
    }
}

TEST(ParallelSearch, EndsAtAnError) {
    const SearchResult result = search_with(2, toy::two_locks_in_opposite_order());
    EXPECT_EQ(Verdict::error, result.verdict);
    EXPECT_EQ(EndedBy::error, result.ended_by);
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(1u, result.findings.size());
}

TEST(ParallelSearch, KeepsToABudgetOfExecutions) {
    for (const std::size_t workers : {1u, 3u}) {
        const SearchResult result = search_with(workers, toy::unlocked_increments(2, 6),
                                                {.search = {.most_executions = 3000, .keep_going = true}});
        EXPECT_EQ(3000u, result.statistics.executions);
        EXPECT_EQ(EndedBy::executions, result.ended_by);
        EXPECT_EQ(Verdict::unfinished, result.verdict);
    }
}

TEST(ParallelSearch, KeepsToABudgetOfTime) {
    const SearchResult result = search_with(2, toy::unlocked_increments(2, 50),
                                            {.search = {.most_seconds = 0.2, .keep_going = true}});
    EXPECT_EQ(EndedBy::time, result.ended_by);
    EXPECT_GT(result.statistics.executions, 0u);
}

TEST(ParallelSearch, SamplesTheSameWithAnyNumberOfWorkers) {
    const toy::Program program = toy::two_locks_in_opposite_order();
    for (const bool keep_going : {false, true}) {
        const ParallelOptions options{.search = {.most_executions = 10'000, .keep_going = keep_going},
                                      .sampler = make_random_search,
                                      .seed = 7};
        const SearchResult one = search_with(1, program, options);
        const SearchResult three = search_with(3, program, options);
        EXPECT_EQ(Verdict::error, one.verdict);
        EXPECT_EQ(Verdict::error, three.verdict);
        EXPECT_EQ(one.statistics.executions, three.statistics.executions);
        EXPECT_EQ(one.statistics.blocked, three.statistics.blocked);
        EXPECT_EQ(keep_going ? 10'000u : one.statistics.counted(), one.statistics.counted());
    }
}

// ---- a machine that dies

/// In a step of context 1, when the variable is `deadly`.
class Mortal final : public Machine {
  public:
    Mortal(const toy::Program& program, int deadly) : machine_(program), deadly_(deadly) {}

    void reset() override { machine_.reset(); }
    SnapshotId take() override { return machine_.take(); }
    void restore(SnapshotId snapshot) override { machine_.restore(snapshot); }
    void drop(SnapshotId snapshot) override { machine_.drop(snapshot); }
    std::size_t bytes_of(SnapshotId snapshot) const override { return machine_.bytes_of(snapshot); }
    std::span<const ContextState> contexts() override { return machine_.contexts(); }
    const record::StepRecord& run(ContextId context) override {
        if (context == 1 && machine_.variable(0) == deadly_) {
            raise(SIGKILL);
        }
        return machine_.run(context);
    }

  private:
    toy::ToyMachine machine_;
    int deadly_;
};

TEST(ParallelSearch, ReportsAScheduleInWhichTheMachineDies) {
    for (const bool keep_going : {false, true}) {
        Mortal machine(toy::unlocked_increments(2, 1), 1);
        const SearchResult result = search_in_workers(machine, {.search = {.keep_going = keep_going}});
        EXPECT_EQ(Verdict::error, result.verdict);
        EXPECT_FALSE(result.complete);
        ASSERT_FALSE(result.findings.empty());
        const FoundSchedule& found = result.findings.front();
        EXPECT_EQ(SIGKILL, found.signal);
        EXPECT_EQ(record::FindingKind::exception, found.finding.kind);
        EXPECT_EQ(1, found.schedule.back());
        if (keep_going) {  // one step of thread 1 dies, or the other one, or neither, in two ways
            EXPECT_EQ(2u, result.statistics.executions);
            EXPECT_EQ(2u, result.findings.size());
        }
    }
}

/// In which this program itself is wrong, where Mortal dies.
class Faulty final : public Machine {
  public:
    explicit Faulty(const toy::Program& program) : machine_(program) {}

    void reset() override { machine_.reset(); }
    SnapshotId take() override { return machine_.take(); }
    void restore(SnapshotId snapshot) override { machine_.restore(snapshot); }
    void drop(SnapshotId snapshot) override { machine_.drop(snapshot); }
    std::size_t bytes_of(SnapshotId snapshot) const override { return machine_.bytes_of(snapshot); }
    std::span<const ContextState> contexts() override { return machine_.contexts(); }
    const record::StepRecord& run(ContextId context) override {
        require(context != 1 || machine_.variable(0) != 1, "two and two are five");
        return machine_.run(context);
    }

  private:
    toy::ToyMachine machine_;
};

TEST(ParallelSearch, TellsAFaultOfItsOwnFromTheProgramsAndGoesOn) {
    Faulty machine(toy::unlocked_increments(2, 1));
    const SearchResult result = search_in_workers(machine, {.search = {.keep_going = true}});
    EXPECT_TRUE(result.findings.empty());
    EXPECT_EQ(Verdict::unfinished, result.verdict);
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(2u, result.statistics.executions);
    ASSERT_EQ(1u, result.faults.size());  // of one sentence
    const Fault& fault = result.faults.front();
    EXPECT_EQ(LastWord::fault, fault.why);
    EXPECT_EQ("two and two are five", fault.sentence);
    ASSERT_FALSE(fault.schedule.empty());
    EXPECT_EQ(1, fault.schedule.back());
}

TEST(ParallelSearch, SaysWhichScheduleAFaultCameIn) {
    EXPECT_EQ(
        "a fault of heddle itself, not of the program: two and two are five; in the schedule 0*2 1 0, which "
        "was left out; please report this line with the script",
        words_of(Fault{LastWord::fault, "two and two are five", {0, 0, 1, 0}}));
}

/// A machine that wants more memory than there is. What operator new does then is called by itself: a
/// sanitizer's would end the process before.
class Greedy final : public Machine {
  public:
    void reset() override { machine_.reset(); }
    SnapshotId take() override { return machine_.take(); }
    void restore(SnapshotId snapshot) override { machine_.restore(snapshot); }
    void drop(SnapshotId snapshot) override { machine_.drop(snapshot); }
    std::size_t bytes_of(SnapshotId snapshot) const override { return machine_.bytes_of(snapshot); }
    std::span<const ContextState> contexts() override { return machine_.contexts(); }
    const record::StepRecord& run(ContextId context) override {
        if (context == 1) {
            std::get_new_handler()();
        }
        return machine_.run(context);
    }

  private:
    toy::ToyMachine machine_{toy::unlocked_increments(2, 1)};
};

TEST(ParallelSearch, WithoutMemoryIsUnfinished) {
    Greedy machine;
    const SearchResult result = search_in_workers(machine, {.search = {.keep_going = true}});
    EXPECT_TRUE(result.findings.empty());
    EXPECT_EQ(Verdict::unfinished, result.verdict);
    ASSERT_FALSE(result.faults.empty());
    EXPECT_EQ(LastWord::no_memory, result.faults.front().why);
}

}  // namespace
}  // namespace heddle::explore
