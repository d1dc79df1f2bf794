#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include "explore/known_runs.hpp"
#include "explore/parallel_search.hpp"
#include "explore/search.hpp"
#include "explore/spilled_bytes.hpp"
#include "explore/strategies/optimal_dpor.hpp"
#include "explore/strategies/rotation.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

// ---- bytes that go to a file

TEST(SpilledBytes, StayAsTheyWereWhenTheyGoToAFile) {
    SpilledBytes bytes(std::size_t{1} << 17);
    bytes.grow(1);
    static_cast<char*>(bytes.data())[100] = 'x';
    EXPECT_FALSE(bytes.is_spilled());
    bytes.grow(std::size_t{1} << 17);
    EXPECT_TRUE(bytes.is_spilled());
    EXPECT_EQ('x', static_cast<char*>(bytes.data())[100]);
    static_cast<char*>(bytes.data())[bytes.size() - 1] = 'y';
    const std::size_t last = bytes.size() - 1;
    bytes.grow(std::size_t{3} << 20);
    EXPECT_EQ('x', static_cast<char*>(bytes.data())[100]);
    EXPECT_EQ('y', static_cast<char*>(bytes.data())[last]);
    EXPECT_EQ(0, static_cast<char*>(bytes.data())[last + 1]);
}

/// TMPDIR for as long as it lives.
class TemporaryFolder {
  public:
    explicit TemporaryFolder(const char* path) {
        if (const char* named = std::getenv("TMPDIR"); named != nullptr) {
            before_ = named;
        }
        setenv("TMPDIR", path, 1);
    }
    ~TemporaryFolder() { before_ ? setenv("TMPDIR", before_->c_str(), 1) : unsetenv("TMPDIR"); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  private:
    std::optional<std::string> before_;
};

TEST(SpilledBytes, AreAsTheyWereWhereNoFileCanBe) {
    const TemporaryFolder nowhere("/nowhere");
    SpilledBytes bytes(std::size_t{1} << 16);
    bytes.grow(1);
    static_cast<char*>(bytes.data())[7] = 'x';
    EXPECT_THROW(bytes.grow(std::size_t{1} << 16), std::system_error);
    EXPECT_EQ('x', static_cast<char*>(bytes.data())[7]);
    EXPECT_EQ(std::size_t{1} << 16, bytes.size());
}

// ---- searches that spill

void expect_the_same_when_spilled(const toy::Program& program) {
    toy::ToyMachine machine(program);
    OptimalDpor plenty;
    const SearchResult expected = search(machine, plenty, {.keep_going = true});
    EXPECT_FALSE(plenty.is_spilled());
    OptimalDpor little({}, {}, 1);
    const SearchResult result = search(machine, little, {.keep_going = true, .most_snapshot_bytes = 1});
    EXPECT_TRUE(little.is_spilled());
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(expected.verdict, result.verdict);
    EXPECT_EQ(expected.statistics.executions, result.statistics.executions);
    EXPECT_EQ(expected.statistics.blocked, result.statistics.blocked);
    EXPECT_EQ(expected.statistics.redundant, result.statistics.redundant);
    EXPECT_EQ(expected.findings.size(), result.findings.size());
}

TEST(SpilledWork, IsDoneAsOftenAsWorkInMemory) {
    expect_the_same_when_spilled(toy::unlocked_increments(2, 4));
    expect_the_same_when_spilled(toy::locked_increments(2, 3));
    expect_the_same_when_spilled(toy::last_zero(6));
    expect_the_same_when_spilled(toy::philosophers(6));
}

TEST(SpilledWork, IsOfOneNumberWithAnyNumberOfWorkers) {
    for (const std::size_t workers : {1u, 2u}) {
        toy::ToyMachine machine(toy::unlocked_increments(2, 5));
        const SearchResult result = search_in_workers(
            machine, {.search = {.keep_going = true, .most_snapshot_bytes = 1, .most_work_bytes = 1},
                      .workers = workers});
        EXPECT_TRUE(result.complete);
        EXPECT_EQ(34'904u, result.statistics.executions);
    }
}

TEST(SpilledWork, WhichCannotBeWrittenLeavesTheSearchUnfinished) {
    const TemporaryFolder nowhere("/nowhere");
    toy::ToyMachine machine(toy::locked_increments(2, 4));
    const SearchResult result = search_in_workers(machine, {.search = {.most_work_bytes = 1}});
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(Verdict::unfinished, result.verdict);
    ASSERT_FALSE(result.faults.empty());
    EXPECT_EQ(LastWord::refused, result.faults.front().why);
    EXPECT_NE(std::string::npos, result.faults.front().sentence.find("'/nowhere'"));
}

// ---- what is known of earlier runs

record::Event event_of(ContextId context) { return {.context = context, .shape = 0, .source = 0}; }

TEST(KnownRuns, KnowsWhatFitsAndNothingMore) {
    constexpr std::size_t kRoomForSome = 1000;
    KnownRuns known(kRoomForSome);
    const std::vector<ContextState> states(2);
    std::size_t added = 0;
    for (known.restart(); known.knows_state() && added < 1000; ++added) {
        known.add(event_of(0), states);
    }
    const std::size_t kept = added - 1;  // the last one found no room
    EXPECT_GT(kept, 0u);
    EXPECT_LT(kept, 32u);  // not so many that the number in one execution is what ended it
    known.restart();
    for (std::size_t i = 0; i < kept; ++i) {
        ASSERT_NE(nullptr, known.follow(0));
    }
    EXPECT_EQ(nullptr, known.follow(0));
    EXPECT_EQ(nullptr, known.follow(1));
    known.add(event_of(1), states);
    EXPECT_FALSE(known.knows_state());
    known.restart();
    EXPECT_EQ(nullptr, known.follow(1));
}

TEST(KnownRuns, WithAnyRoomSamplesAreTheSame) {
    const auto sample = [](std::size_t bytes) {
        toy::ToyMachine machine(toy::unlocked_increments(3, 2));
        const std::unique_ptr<Strategy> strategy = make_sampler("random", 5);
        return search(machine, *strategy,
                      {.most_executions = 3000, .keep_going = true, .most_snapshot_bytes = bytes});
    };
    const SearchResult expected = sample(SIZE_MAX);
    std::uint64_t steps = expected.statistics.steps;
    for (const std::size_t bytes : {std::size_t{1} << 15, std::size_t{1}}) {
        SCOPED_TRACE(testing::Message() << bytes << " bytes");
        const SearchResult result = sample(bytes);
        EXPECT_EQ(expected.statistics.executions, result.statistics.executions);
        EXPECT_EQ(expected.statistics.blocked, result.statistics.blocked);
        EXPECT_EQ(expected.findings.size(), result.findings.size());
        EXPECT_GT(result.statistics.steps, steps);  // more is run again
        steps = result.statistics.steps;
    }
}

}  // namespace
}  // namespace heddle::explore
