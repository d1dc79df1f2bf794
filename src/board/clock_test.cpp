#include "board/clock.hpp"

#include <gtest/gtest.h>

namespace heddle::board {
namespace {

TEST(VirtualClock, MovesOnlyWhenItIsTold) {
    VirtualClock clock;
    EXPECT_EQ(clock.now_ns(), 0);
    EXPECT_EQ(clock.now_ns(), 0);
    clock.advance_to(5'000);
    EXPECT_EQ(clock.now_ns(), 5'000);
    clock.advance_to(5'000);
    clock.tick(70);
    EXPECT_EQ(clock.now_ns(), 5'070);
}

TEST(VirtualClockDeathTest, StopsAtAWayBack) {
    VirtualClock clock;
    clock.advance_to(10);
    EXPECT_DEATH(clock.advance_to(9), "moves forward");
    EXPECT_DEATH(clock.advance_to(kNever), "to a stated time");
}

TEST(RealClock, CountsFromWhenItWasMade) {
    const RealClock clock;
    const Time first = clock.now_ns();
    const Time second = clock.now_ns();
    EXPECT_GE(first, 0);
    EXPECT_LE(first, second);
    EXPECT_LT(second, 60'000'000'000);
}

TEST(RealClock, SaysWhatTheMachinesClockWillShow) {
    const RealClock clock;
    EXPECT_EQ(clock.on_machine(1'000) - clock.on_machine(0), 1'000);
    EXPECT_EQ(clock.on_machine(kNever), kNever);
}

TEST(After, StopsAtTheEndOfTime) {
    EXPECT_EQ(after(3, 4), 7);
    EXPECT_EQ(after(1, kNever - 1), kNever);
    EXPECT_EQ(after(kNever, kNever), kNever);
}

}  // namespace
}  // namespace heddle::board
