#include "board/timer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace heddle::board {
namespace {

class TimerQueueTest : public testing::Test {
  protected:
    TimerId new_timer(Priority priority = 1) {
        const SourceId source = interrupts.add(priority);
        interrupts.enable(source);
        return timers.add(source);
    }

    /// Runs what is due at the next deadline, as handlers would. False when nothing is armed.
    template <class Handler>
    bool run_next(Handler&& handler) {
        const Time deadline = timers.next_deadline();
        if (deadline == kNever) {
            return false;
        }
        clock.advance_to(deadline);
        timers.raise_due(clock.now_ns());
        for (SourceId source = interrupts.next(); source != kNoSource; source = interrupts.next()) {
            interrupts.enter(source);
            handler(source);
            interrupts.leave();
        }
        return true;
    }

    const SourceCounters& raises(TimerId timer) { return interrupts.counters(timers.source(timer)); }

    VirtualClock clock;
    InterruptController interrupts;
    TimerQueue timers{interrupts};
};

TEST_F(TimerQueueTest, HasNoDeadlineWhileNothingIsArmed) {
    const TimerId timer = new_timer();
    EXPECT_FALSE(timers.is_armed(timer));
    EXPECT_EQ(timers.deadline(timer), kNever);
    EXPECT_EQ(timers.next_deadline(), kNever);
    timers.raise_due(kNever);
    EXPECT_EQ(raises(timer).raised, 0u);
}

TEST_F(TimerQueueTest, ExpiresAOneShotOnce) {
    const TimerId timer = new_timer();
    timers.start_one_shot(timer, 100, 50);
    EXPECT_EQ(timers.next_deadline(), 150);
    timers.raise_due(149);
    EXPECT_FALSE(interrupts.is_pending(timers.source(timer)));
    EXPECT_TRUE(timers.is_armed(timer));
    timers.raise_due(150);
    EXPECT_TRUE(interrupts.is_pending(timers.source(timer)));
    EXPECT_FALSE(timers.is_armed(timer));
    timers.raise_due(1'000'000);
    EXPECT_EQ(raises(timer).raised, 1u);
    EXPECT_EQ(timers.counters(timer).expired, 1u);
    EXPECT_EQ(timers.next_deadline(), kNever);
}

TEST_F(TimerQueueTest, ExpiresAOneShotWithoutDelayAtOnce) {
    const TimerId timer = new_timer();
    timers.start_one_shot(timer, 7, 0);
    timers.raise_due(7);
    EXPECT_EQ(raises(timer).raised, 1u);
}

TEST_F(TimerQueueTest, DoesNotDriftInAMillionPeriods) {
    constexpr Time kStart = 12'345, kPeriod = 333'333'333;
    const TimerId timer = new_timer();
    clock.advance_to(kStart);
    timers.start_periodic(timer, clock.now_ns(), kPeriod);
    int fired = 0;
    for (Time k = 1; k <= 1'000'000; ++k) {
        ASSERT_EQ(timers.deadline(timer), kStart + k * kPeriod);
        ASSERT_TRUE(run_next([&](SourceId) { ++fired; }));
    }
    EXPECT_EQ(fired, 1'000'000);
    EXPECT_EQ(timers.counters(timer).expired, 1'000'000u);
    EXPECT_EQ(timers.counters(timer).late, 0u);
    EXPECT_EQ(timers.counters(timer).missed, 0u);
}

TEST_F(TimerQueueTest, KeepsThePhaseHoweverLateItIsSeen) {
    constexpr Time kStart = 17, kPeriod = 1'000;
    std::mt19937 random(1);
    std::uniform_int_distribution<Time> lateness(0, 3'500);
    const TimerId timer = new_timer();
    timers.start_periodic(timer, kStart, kPeriod);
    Time now = kStart;
    for (int i = 0; i < 10'000; ++i) {
        now = timers.next_deadline() + lateness(random);
        timers.raise_due(now);
        ASSERT_EQ((timers.deadline(timer) - kStart) % kPeriod, 0);
        ASSERT_GT(timers.deadline(timer), now);
        ASSERT_LE(timers.deadline(timer), now + kPeriod);
    }
    EXPECT_EQ(timers.counters(timer).expired, static_cast<std::uint64_t>((now - kStart) / kPeriod));
    EXPECT_EQ(raises(timer).raised, timers.counters(timer).expired);
}

TEST_F(TimerQueueTest, MergesPeriodsThatPassedTogether) {
    const TimerId timer = new_timer();
    timers.set_tolerance(300);
    timers.start_periodic(timer, 0, 100);
    timers.raise_due(100);
    interrupts.enter(interrupts.next());
    interrupts.leave();
    timers.raise_due(550);
    EXPECT_EQ(timers.counters(timer).expired, 5u);
    EXPECT_EQ(timers.counters(timer).missed, 3u);
    EXPECT_EQ(timers.counters(timer).late, 1u);
    EXPECT_EQ(raises(timer).merged, 3u);
    EXPECT_EQ(timers.deadline(timer), 600);
    interrupts.enter(interrupts.next());
    interrupts.leave();
    EXPECT_EQ(interrupts.next(), kNoSource);
}

TEST_F(TimerQueueTest, IsLateOnlyPastTheTolerance) {
    const TimerId timer = new_timer();
    timers.set_tolerance(10);
    timers.start_one_shot(timer, 0, 100);
    timers.raise_due(110);
    EXPECT_EQ(timers.counters(timer).late, 0u);
    timers.start_one_shot(timer, 0, 100);
    timers.raise_due(111);
    EXPECT_EQ(timers.counters(timer).late, 1u);
}

TEST_F(TimerQueueTest, CountsAJumpOverManyPeriodsAtOnce) {
    const TimerId timer = new_timer();
    timers.start_periodic(timer, 0, 1);
    timers.raise_due(1'000'000'000'000);
    EXPECT_EQ(timers.counters(timer).expired, 1'000'000'000'000u);
    EXPECT_EQ(timers.deadline(timer), 1'000'000'000'001);
}

TEST_F(TimerQueueTest, FindsTheEarliestOfAllDeadlines) {
    const TimerId a = new_timer(), b = new_timer(), c = new_timer();
    timers.start_periodic(a, 0, 300);
    timers.start_one_shot(b, 0, 100);
    timers.start_periodic(c, 0, 200);
    EXPECT_EQ(timers.next_deadline(), 100);
    timers.raise_due(100);
    EXPECT_EQ(timers.next_deadline(), 200);
    timers.stop(c);
    EXPECT_EQ(timers.next_deadline(), 300);
    timers.stop(a);
    EXPECT_EQ(timers.next_deadline(), kNever);
}

TEST_F(TimerQueueTest, InterleavesTimersByTheirDeadlines) {
    const TimerId threes = new_timer(2), fives = new_timer(1);
    timers.start_periodic(threes, 0, 3);
    timers.start_periodic(fives, 0, 5);
    std::string order;
    while (timers.next_deadline() <= 15) {
        run_next([&](SourceId source) { order += source == timers.source(threes) ? '3' : '5'; });
    }
    // At 15 both are due: the more urgent goes first.
    EXPECT_EQ(order, "35335353");
}

TEST_F(TimerQueueTest, IsArmedAgainInItsOwnHandler) {
    const TimerId timer = new_timer();
    std::vector<Time> times;
    timers.start_one_shot(timer, 0, 10);
    while (run_next([&](SourceId) {
        times.push_back(clock.now_ns());
        if (times.size() < 4) {
            timers.start_one_shot(timer, clock.now_ns(), 10 * static_cast<Time>(times.size()));
        }
    })) {
    }
    EXPECT_EQ(times, (std::vector<Time>{10, 20, 40, 70}));
}

TEST_F(TimerQueueTest, ChangesItsPeriodInItsOwnHandler) {
    const TimerId timer = new_timer();
    timers.start_periodic(timer, 0, 10);
    run_next([&](SourceId) { timers.start_periodic(timer, clock.now_ns(), 7); });
    EXPECT_EQ(timers.deadline(timer), 17);
    run_next([&](SourceId) { timers.stop(timer); });
    EXPECT_FALSE(timers.is_armed(timer));
    EXPECT_FALSE(run_next([](SourceId) {}));
}

TEST_F(TimerQueueTest, WithdrawsWhatAStoppedTimerHasRaised) {
    const TimerId timer = new_timer();
    timers.start_periodic(timer, 0, 10);
    timers.raise_due(10);
    timers.stop(timer);
    EXPECT_EQ(interrupts.next(), kNoSource);
    EXPECT_EQ(raises(timer).cleared, 1u);
    timers.raise_due(100);
    EXPECT_EQ(interrupts.next(), kNoSource);
    timers.stop(timer);
    EXPECT_EQ(raises(timer).cleared, 1u);
}

TEST_F(TimerQueueTest, ExpiresBeforeItsTimeForASearch) {
    const TimerId periodic = new_timer(), one_shot = new_timer();
    timers.start_periodic(periodic, 0, 100);
    timers.start_one_shot(one_shot, 0, 100);
    timers.expire(periodic);
    timers.expire(one_shot);
    EXPECT_TRUE(interrupts.is_pending(timers.source(periodic)));
    EXPECT_TRUE(interrupts.is_pending(timers.source(one_shot)));
    EXPECT_EQ(timers.deadline(periodic), 200);
    EXPECT_FALSE(timers.is_armed(one_shot));
    EXPECT_EQ(timers.next_deadline(), 200);
    EXPECT_EQ(timers.counters(periodic).late, 0u);
}

TEST_F(TimerQueueTest, NeverReachesADeadlinePastTheEndOfTime) {
    const TimerId timer = new_timer();
    timers.start_periodic(timer, 1, kNever - 10);
    timers.raise_due(kNever - 1);
    EXPECT_EQ(timers.counters(timer).expired, 1u);
    EXPECT_TRUE(timers.is_armed(timer));
    EXPECT_EQ(timers.next_deadline(), kNever);
    timers.raise_due(kNever);
    timers.expire(timer);
    EXPECT_EQ(timers.counters(timer).expired, 2u);
}

TEST_F(TimerQueueTest, SaysWhenAllTimersAreTaken) {
    const SourceId source = interrupts.add(0);
    for (std::size_t i = 0; i < TimerQueue::kMostTimers; ++i) {
        EXPECT_EQ(timers.add(source), i);
    }
    EXPECT_EQ(timers.add(source), kNoTimer);
    EXPECT_EQ(timers.timers(), TimerQueue::kMostTimers);
}

TEST_F(TimerQueueTest, SeesDeadlinesLateByItsJitter) {
    constexpr Time kPeriod = 1'000, kJitter = 300;
    std::vector<std::vector<Time>> runs;
    for (const std::uint64_t seed : {1, 1, 2}) {
        const TimerId timer = new_timer();
        const Time start = clock.now_ns();
        std::vector<Time> late;
        timers.set_tolerance(0);
        timers.set_jitter(kJitter, seed);
        timers.start_periodic(timer, start, kPeriod);
        for (Time k = 1; k <= 1'000; ++k) {
            ASSERT_EQ(timers.deadline(timer), start + k * kPeriod);
            run_next([&](SourceId) { late.push_back(clock.now_ns() - (start + k * kPeriod)); });
        }
        EXPECT_EQ(late.size(), 1'000u);
        EXPECT_EQ(*std::min_element(late.begin(), late.end()), 0);
        EXPECT_EQ(*std::max_element(late.begin(), late.end()), kJitter);
        EXPECT_EQ(timers.counters(timer).late, 0u);
        EXPECT_EQ(timers.counters(timer).missed, 0u);
        timers.stop(timer);
        runs.push_back(late);
    }
    EXPECT_EQ(runs[0], runs[1]);
    EXPECT_NE(runs[0], runs[2]);
}

TEST_F(TimerQueueTest, LosesNoDeadlineToAJitterOfManyPeriods) {
    constexpr Time kPeriod = 7, kJitter = 1'000;
    const TimerId timer = new_timer();
    timers.set_jitter(kJitter, 5);
    timers.start_periodic(timer, 0, kPeriod);
    while (timers.next_deadline() <= 1'000'000) {
        run_next([](SourceId) {});
        ASSERT_GE(timers.next_deadline(), clock.now_ns());
        ASSERT_GT(timers.deadline(timer), clock.now_ns() - kJitter);
    }
    const std::uint64_t expired = timers.counters(timer).expired;
    EXPECT_EQ(timers.deadline(timer), static_cast<Time>(expired + 1) * kPeriod);
    EXPECT_EQ(raises(timer).raised, expired);
}

TEST_F(TimerQueueTest, IsLateAfterItsJitterOnly) {
    const TimerId timer = new_timer();
    timers.set_jitter(50, 1);
    timers.set_tolerance(10);
    timers.start_one_shot(timer, 0, 100);
    const Time reached = timers.next_deadline();
    timers.raise_due(reached + 10);
    EXPECT_EQ(timers.counters(timer).late, 0u);
    timers.start_one_shot(timer, 0, 100);
    timers.raise_due(timers.next_deadline() + 11);
    EXPECT_EQ(timers.counters(timer).late, 1u);
}

using TimerQueueDeathTest = TimerQueueTest;

TEST_F(TimerQueueDeathTest, StopsAtTimesThatCannotBe) {
    const TimerId timer = new_timer();
    EXPECT_DEATH(timers.start_periodic(timer, 0, 0), "without a period");
    EXPECT_DEATH(timers.start_periodic(timer, 0, -1), "without a period");
    EXPECT_DEATH(timers.start_one_shot(timer, 0, -1), "negative delay");
    EXPECT_DEATH(timers.expire(timer), "not armed");
    EXPECT_DEATH(timers.stop(1), "does not exist");
    EXPECT_DEATH(timers.set_jitter(-1, 0), "no span of time");
}

}  // namespace
}  // namespace heddle::board
