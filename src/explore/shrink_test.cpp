#include "explore/shrink.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "explore/detect/lost_update.hpp"
#include "explore/toy/toy_programs.hpp"

namespace heddle::explore {
namespace {

Finding finding_in(const toy::Program& program, const Schedule& schedule, record::FindingKind kind,
                   Detector* detector) {
    toy::ToyMachine machine(program);
    ReplayOptions options;
    if (detector != nullptr) {
        options.detectors.push_back(detector);
    }
    for (const Finding& finding : replay(machine, schedule, options).findings) {
        if (finding.kind == kind) {
            return finding;
        }
    }
    ADD_FAILURE() << "the schedule shows nothing";
    return {};
}

TEST(Shrink, LeavesOnePreemptionOfALostUpdate) {
    const toy::Program program = toy::unlocked_increments(4, 1);
    const Schedule schedule{2, 3, 0, 1, 2, 1, 3, 0};
    detect::LostUpdate detector;
    const Finding finding = finding_in(program, schedule, record::FindingKind::lost_update, &detector);
    toy::ToyMachine machine(program);
    const Shrunk shrunk = shrink(machine, schedule, finding, {&detector});
    EXPECT_TRUE(shrunk.shows);
    EXPECT_EQ(shrunk.effort.preemptions, 1u);
    ReplayOptions options;
    options.detectors = {&detector};
    const Replay again = replay(machine, shrunk.schedule, options);
    EXPECT_FALSE(again.diverged_at);
    EXPECT_TRUE(
        std::ranges::any_of(again.findings, [&](const Finding& that) { return that.same_as(finding); }));
}

TEST(Shrink, LeavesOneFiringOfAHandler) {
    toy::Program program = toy::increments_and_handler(2, 3, false);
    program.codes[0].push_back({toy::OpKind::load, 1, 0});
    program.codes[0].push_back({toy::OpKind::check, 1, 0, 2});
    const Schedule schedule{1, 0, 0, 1, 0, 1, 0, 0};
    const Finding finding = finding_in(program, schedule, record::FindingKind::assertion, nullptr);
    toy::ToyMachine machine(program);
    const Shrunk shrunk = shrink(machine, schedule, finding, {});
    EXPECT_TRUE(shrunk.shows);
    EXPECT_EQ(shrunk.effort.interrupts, 1u) << testing::PrintToString(shrunk.schedule);
}

TEST(Shrink, SaysWhenTheScheduleShowsNothing) {
    toy::ToyMachine machine(toy::locked_increments(2, 1));
    const Shrunk shrunk = shrink(machine, {0, 0, 0, 0}, {.kind = record::FindingKind::deadlock}, {});
    EXPECT_FALSE(shrunk.shows);
}

TEST(Shrink, EndsAtItsLimits) {
    const toy::Program program = toy::unlocked_increments(4, 1);
    const Schedule schedule{2, 3, 0, 1, 2, 1, 3, 0};
    detect::LostUpdate detector;
    const Finding finding = finding_in(program, schedule, record::FindingKind::lost_update, &detector);
    toy::ToyMachine machine(program);
    const Shrunk timed = shrink(machine, schedule, finding, {&detector}, {.seconds = 0});
    EXPECT_TRUE(timed.shows);
    EXPECT_EQ(timed.attempts, 1u);
    const Shrunk counted = shrink(machine, schedule, finding, {&detector}, {.attempts = 3});
    EXPECT_TRUE(counted.shows);
    EXPECT_EQ(counted.attempts, 3u);
}

}  // namespace
}  // namespace heddle::explore
