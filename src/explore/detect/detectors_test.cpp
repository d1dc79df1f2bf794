#include <algorithm>

#include <gtest/gtest.h>

#include "explore/detect/data_race.hpp"
#include "explore/detect/kept_lock.hpp"
#include "explore/detect/lock_order.hpp"
#include "explore/detect/lost_update.hpp"
#include "explore/replay.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore::detect {
namespace {

using enum toy::OpKind;
using record::FindingKind;

std::vector<Finding> findings_of(Detector& detector, const toy::Program& program, const Schedule& schedule) {
    toy::ToyMachine machine(program);
    ReplayOptions options;
    options.detectors = {&detector};
    const Replay result = replay(machine, schedule, options);
    EXPECT_FALSE(result.diverged_at);
    return result.findings;
}

toy::Program threads(std::vector<toy::Code> codes) {
    const std::size_t count = codes.size();
    return {std::move(codes), count, {}, {}};
}

TEST(LostUpdate, IsAWriteOverWhatCameSinceTheRead) {
    LostUpdate detector;
    const std::vector<Finding> found = findings_of(detector, toy::unlocked_increments(2, 1), {0, 1, 1, 0});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].kind, FindingKind::lost_update);
    EXPECT_EQ(found[0].context, 0);
    EXPECT_EQ(found[0].other, 1);
    EXPECT_EQ(found[0].source, 2u);
    EXPECT_EQ(found[0].other_source, 1002u);
    EXPECT_EQ(found[0].place, 0u);
}

TEST(LostUpdate, IsNoneInOrder) {
    LostUpdate detector;
    EXPECT_TRUE(findings_of(detector, toy::unlocked_increments(2, 1), {0, 0, 1, 1}).empty());
}

TEST(LostUpdate, IsNoneOfAWriteWithoutARead) {
    LostUpdate detector;
    EXPECT_TRUE(
        findings_of(detector, threads({{{set, 0, 0, 1}, {set, 0, 0, 2}}, {{set, 0, 0, 3}}}), {0, 1, 0})
            .empty());
}

// Its programs compute nothing.
class Apart final : public toy::ToyMachine {
  public:
    using ToyMachine::ToyMachine;

    bool is_update(const record::Trace& trace, const Replacement& write) override {
        asked.push_back(write);
        lengths.push_back(trace.size());
        return false;
    }

    std::vector<Replacement> asked;
    std::vector<std::size_t> lengths;
};

TEST(LostUpdate, IsNoneOfAWriteThatIsApartFromTheReads) {
    const toy::Program program = threads({{{load, 0, 0}, {load, 0, 0}, {set, 0, 0, 1}}, {{set, 0, 0, 3}}});
    Apart machine(program);
    LostUpdate detector(&machine);
    EXPECT_TRUE(findings_of(detector, program, {0, 0, 1, 0}).empty());
    ASSERT_EQ(machine.asked.size(), 1u);
    EXPECT_EQ(machine.asked[0].place, 0u);
    EXPECT_EQ(machine.asked[0].first_read, 0u);
    EXPECT_EQ(machine.asked[0].replaced, 2u);
    EXPECT_EQ(machine.asked[0].step, 3u);
    EXPECT_EQ(machine.lengths, std::vector<std::size_t>{4});
    EXPECT_TRUE(findings_of(detector, program, {0, 1, 0, 0}).empty());
    EXPECT_EQ(machine.asked.size(), 1u);
}

TEST(LostUpdate, DoesNotEndAReplayWithAWriteThatIsApart) {
    const toy::Program program = toy::unlocked_increments(2, 2);
    const Finding update{.kind = FindingKind::lost_update, .source = 2, .other_source = 1002};
    const ReplayOptions options{.strictness = Strictness::wishes, .until = &update};
    const Schedule schedule{0, 1, 1, 0};
    toy::ToyMachine plain(program);
    Apart apart(program);
    EXPECT_EQ(replay(plain, schedule, options).schedule.size(), 4u);
    EXPECT_EQ(replay(apart, schedule, options).schedule.size(), 8u);
}

TEST(LostUpdate, ForgetsTheExecutionBefore) {
    LostUpdate detector;
    EXPECT_EQ(findings_of(detector, toy::unlocked_increments(2, 1), {0, 1, 1}).size(), 0u);
    EXPECT_EQ(findings_of(detector, toy::unlocked_increments(2, 1), {1, 1, 0, 0}).size(), 0u);
    EXPECT_EQ(findings_of(detector, toy::unlocked_increments(2, 1), {0, 1, 0, 1}).size(), 1u);
}

TEST(DataRace, IsFoundWhicheverComesFirst) {
    const toy::Program program = threads({{{set, 0, 0, 1}}, {{load, 0, 0}}});
    for (const Schedule& schedule : {Schedule{0, 1}, Schedule{1, 0}}) {
        DataRace detector;
        const std::vector<Finding> found = findings_of(detector, program, schedule);
        ASSERT_EQ(found.size(), 1u);
        EXPECT_EQ(found[0].kind, FindingKind::data_race);
        EXPECT_EQ(found[0].source, 1u);
        EXPECT_EQ(found[0].other_source, 1001u);
        EXPECT_EQ(found[0].context, 0);
        EXPECT_EQ(found[0].other, 1);
    }
}

TEST(DataRace, IsFoundWhereTheScheduleHappensToOrderNothing) {
    DataRace detector;
    EXPECT_EQ(findings_of(detector, threads({{{set, 0, 0, 1}, {lock, 0, 0}, {unlock, 0, 0}}, {{load, 0, 0}}}),
                          {0, 0, 0, 1})
                  .size(),
              1u);
}

TEST(DataRace, IsNoneUnderALock) {
    DataRace detector;
    EXPECT_TRUE(findings_of(detector, toy::locked_increments(2, 1), {0, 0, 0, 0, 1, 1, 1, 1}).empty());
}

toy::Program two_handlers(std::uint8_t priority, std::uint8_t other_priority) {
    toy::Program program;
    program.sources = {{.handler = {{set, 0, 0, 1}}, .priority = priority},
                       {.handler = {{set, 0, 0, 2}}, .priority = other_priority}};
    return program;
}

TEST(DataRace, OfTwoHandlersTakesOneThatInterruptsTheOther) {
    DataRace detector;
    EXPECT_TRUE(findings_of(detector, two_handlers(1, 1), {0, 1}).empty());
    EXPECT_EQ(findings_of(detector, two_handlers(2, 1), {0, 1, 0}).size(), 1u);
}

TEST(DataRace, IsNoneBetweenReads) {
    DataRace detector;
    EXPECT_TRUE(findings_of(detector, threads({{{load, 0, 0}}, {{load, 0, 0}}}), {0, 1}).empty());
}

TEST(DataRace, IsNoneWithWhatTheCreatorDidBefore) {
    DataRace detector;
    const toy::Program program{
        {{{set, 0, 0, 1}, {start, 0, 1}, {set, 0, 1, 1}}, {{load, 0, 0}, {load, 0, 1}}}, 1, {}, {}};
    const std::vector<Finding> found = findings_of(detector, program, {0, 0, 0, 1, 1});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].place, 1u);
}

TEST(DataRace, IsNoneAfterAllHaveEnded) {
    DataRace detector;
    const toy::Program program{{{{start, 0, 1}, {gather}, {load, 0, 0}}, {{set, 0, 0, 1}}}, 1, {}, {}};
    EXPECT_TRUE(findings_of(detector, program, {0, 1, 0, 0}).empty());
}

TEST(DataRace, IsBetweenAHandlerAndWhatDoesNotMaskIt) {
    DataRace detector;
    EXPECT_FALSE(findings_of(detector, toy::increments_and_handler(1, 1, false), {0, 1, 0}).empty());
    EXPECT_TRUE(findings_of(detector, toy::increments_and_handler(1, 1, true), {0, 0, 0, 0, 1}).empty());
}

TEST(LockOrder, IsACycleThatNoExecutionHits) {
    LockOrder detector;
    const std::vector<Finding> found =
        findings_of(detector, toy::two_locks_in_opposite_order(), {0, 0, 0, 0, 1, 1, 1, 1});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].kind, FindingKind::lock_order);
    EXPECT_EQ(found[0].source, 2u);
    EXPECT_EQ(found[0].other_source, 1002u);
}

TEST(LockOrder, IsFoundAcrossExecutionsAndReportedOnce) {
    LockOrder detector;
    const toy::Program program = toy::two_locks_in_opposite_order();
    EXPECT_EQ(findings_of(detector, program, {0, 0, 0, 0}).size(), 0u);
    EXPECT_EQ(findings_of(detector, program, {1, 1, 1, 1}).size(), 1u);
    EXPECT_EQ(findings_of(detector, program, {1, 1, 1, 1}).size(), 0u);
}

TEST(LockOrder, IsNoneOfOneContext) {
    LockOrder detector;
    const toy::Program program =
        threads({{{lock, 0, 0}, {lock, 0, 1}, {unlock, 0, 0}, {lock, 0, 0}, {unlock, 0, 0}, {unlock, 0, 1}}});
    EXPECT_TRUE(findings_of(detector, program, {0, 0, 0, 0, 0, 0}).empty());
}

TEST(LockOrder, IsACycleBehindAGateToo) {
    LockOrder detector;
    const auto side = [](std::uint8_t first, std::uint8_t second) {
        return toy::Code{{lock, 0, 7},        {lock, 0, first},   {lock, 0, second},
                         {unlock, 0, second}, {unlock, 0, first}, {unlock, 0, 7}};
    };
    EXPECT_EQ(
        findings_of(detector, threads({side(0, 1), side(1, 0)}), {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}).size(),
        1u);
}

TEST(LockOrder, IsACycleOfThree) {
    LockOrder detector;
    Schedule schedule;
    for (ContextId context = 0; context < 3; ++context) {
        schedule.insert(schedule.end(), 4, context);
    }
    EXPECT_EQ(findings_of(detector, toy::philosophers(3), schedule).size(), 1u);
}

TEST(KeptLock, IsOneThatAContextHasAfterItsEnd) {
    KeptLock detector;
    const std::vector<Finding> found =
        findings_of(detector, threads({{{lock, 0, 0}}, {{set, 0, 0, 1}}}), {0, 1});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].kind, FindingKind::lock_misuse);
    EXPECT_EQ(found[0].severity, record::Severity::warning);
    EXPECT_EQ(found[0].context, 0);
    EXPECT_EQ(found[0].source, 1u);
}

TEST(KeptLock, IsNoneThatAnotherContextReleases) {
    KeptLock detector;
    EXPECT_TRUE(findings_of(detector, threads({{{lock, 0, 0}}, {{unlock, 0, 0}}}), {0, 1}).empty());
    EXPECT_TRUE(
        findings_of(detector, threads({{{lock, 0, 0}, {lock, 0, 0}}, {{unlock, 0, 0}}}), {0, 1, 0}).empty());
}

TEST(KeptLock, IsNoneThatSomebodyWaitsFor) {
    KeptLock detector;
    const std::vector<Finding> found = findings_of(detector, threads({{{lock, 0, 0}}, {{lock, 0, 0}}}), {0});
    EXPECT_TRUE(std::ranges::none_of(
        found, [](const Finding& finding) { return finding.kind == FindingKind::lock_misuse; }));
}

}  // namespace
}  // namespace heddle::explore::detect
