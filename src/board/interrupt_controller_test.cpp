#include "board/interrupt_controller.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <type_traits>
#include <vector>

namespace heddle::board {
namespace {

static_assert(std::is_trivially_copyable_v<InterruptController>, "a copy is a snapshot");

class InterruptControllerTest : public testing::Test {
  protected:
    SourceId enabled_source(Priority priority) {
        const SourceId source = interrupts.add(priority);
        interrupts.enable(source);
        return source;
    }

    void enter_next(SourceId expected) {
        ASSERT_EQ(interrupts.next(), expected);
        interrupts.enter(expected);
        EXPECT_EQ(interrupts.active(), expected);
    }

    InterruptController interrupts;
};

TEST_F(InterruptControllerTest, HasNothingToEnterAtFirst) {
    enabled_source(0);
    EXPECT_EQ(interrupts.next(), kNoSource);
    EXPECT_EQ(interrupts.active(), kNoSource);
    EXPECT_FALSE(interrupts.is_masked());
}

TEST_F(InterruptControllerTest, EntersASourceOnceForARaise) {
    const SourceId source = enabled_source(5);
    interrupts.raise(source);
    EXPECT_TRUE(interrupts.is_pending(source));
    enter_next(source);
    EXPECT_FALSE(interrupts.is_pending(source));
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.leave();
    EXPECT_EQ(interrupts.active(), kNoSource);
    EXPECT_EQ(interrupts.next(), kNoSource);
}

TEST_F(InterruptControllerTest, TakesTheMostUrgentFirstAndAmongEqualsTheOldest) {
    const SourceId late = enabled_source(7), first = enabled_source(3), second = enabled_source(3);
    interrupts.raise(late);
    interrupts.raise(second);
    interrupts.raise(first);
    for (const SourceId expected : {first, second, late}) {
        enter_next(expected);
        interrupts.leave();
    }
    EXPECT_EQ(interrupts.next(), kNoSource);
}

TEST_F(InterruptControllerTest, NestsWhatIsStrictlyMoreUrgent) {
    const SourceId low = enabled_source(255), middle = enabled_source(14), equal = enabled_source(14),
                   high = enabled_source(0);
    interrupts.raise(low);
    enter_next(low);
    interrupts.raise(middle);
    enter_next(middle);
    interrupts.raise(equal);
    interrupts.raise(low);
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.raise(high);
    enter_next(high);
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.leave();
    EXPECT_EQ(interrupts.active(), middle);
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.leave();
    EXPECT_EQ(interrupts.active(), low);
    enter_next(equal);
    interrupts.leave();
    EXPECT_EQ(interrupts.active(), low);
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.leave();
    enter_next(low);
    interrupts.leave();
    EXPECT_EQ(interrupts.active(), kNoSource);
}

TEST_F(InterruptControllerTest, NeverNestsAHandlerInItself) {
    const SourceId source = enabled_source(5), urgent = enabled_source(3);
    interrupts.raise(source);
    enter_next(source);
    interrupts.set_priority(source, 1);
    interrupts.raise(source);
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.raise(urgent);
    enter_next(urgent);
    EXPECT_TRUE(interrupts.has_active_handler(source));
    EXPECT_FALSE(interrupts.may_enter(source));
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.leave();
    interrupts.leave();
    EXPECT_FALSE(interrupts.has_active_handler(source));
    enter_next(source);
}

TEST_F(InterruptControllerTest, PendsAgainWhileItsHandlerRuns) {
    const SourceId source = enabled_source(1);
    interrupts.raise(source);
    enter_next(source);
    interrupts.raise(source);
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.leave();
    enter_next(source);
    EXPECT_EQ(interrupts.counters(source).entered, 2u);
    EXPECT_EQ(interrupts.counters(source).merged, 0u);
}

TEST_F(InterruptControllerTest, KeepsThePriorityThatAHandlerWasEnteredWith) {
    const SourceId source = enabled_source(5), other = enabled_source(5);
    interrupts.raise(source);
    enter_next(source);
    interrupts.set_priority(source, 200);
    EXPECT_EQ(interrupts.priority(source), 200);
    interrupts.raise(other);
    EXPECT_EQ(interrupts.next(), kNoSource);
    interrupts.raise(source);
    interrupts.leave();
    EXPECT_EQ(interrupts.next(), other);
}

TEST_F(InterruptControllerTest, EntersWhatWasRaisedWhileMaskedOnceAtTheEnd) {
    const SourceId source = enabled_source(0);
    const MaskState state = interrupts.mask();
    EXPECT_FALSE(state.masked());
    for (int i = 0; i < 3; ++i) {
        interrupts.raise(source);
        EXPECT_EQ(interrupts.next(), kNoSource);
    }
    interrupts.restore(state);
    enter_next(source);
    interrupts.leave();
    EXPECT_EQ(interrupts.next(), kNoSource);
    const SourceCounters& counters = interrupts.counters(source);
    EXPECT_EQ(counters.raised, 3u);
    EXPECT_EQ(counters.entered, 1u);
    EXPECT_EQ(counters.merged, 2u);
    EXPECT_EQ(counters.delayed, 1u);
}

TEST_F(InterruptControllerTest, RestoresNestedMasks) {
    const MaskState outer = interrupts.mask();
    const MaskState inner = interrupts.mask();
    EXPECT_TRUE(inner.masked());
    interrupts.restore(inner);
    EXPECT_TRUE(interrupts.is_masked());
    interrupts.restore(outer);
    EXPECT_FALSE(interrupts.is_masked());
}

TEST_F(InterruptControllerTest, RestoresWhatAStateSaysInAnyOrder) {
    const MaskState outer = interrupts.mask();
    const MaskState inner = interrupts.mask();
    interrupts.restore(outer);
    EXPECT_FALSE(interrupts.is_masked());
    interrupts.restore(inner);
    EXPECT_TRUE(interrupts.is_masked());
}

TEST_F(InterruptControllerTest, MasksForAsLongAsATokenLives) {
    {
        const Masked outer(interrupts);
        {
            const Masked inner(interrupts);
            EXPECT_TRUE(interrupts.is_masked());
        }
        EXPECT_TRUE(interrupts.is_masked());
    }
    EXPECT_FALSE(interrupts.is_masked());
}

TEST_F(InterruptControllerTest, MasksInAHandlerToo) {
    const SourceId low = enabled_source(9), high = enabled_source(1);
    interrupts.raise(low);
    enter_next(low);
    {
        const Masked masked(interrupts);
        interrupts.raise(high);
        EXPECT_EQ(interrupts.next(), kNoSource);
    }
    enter_next(high);
}

TEST_F(InterruptControllerTest, LosesWhatIsRaisedWhileDisabled) {
    const SourceId source = interrupts.add(3);
    EXPECT_FALSE(interrupts.is_enabled(source));
    interrupts.raise(source, 4);
    interrupts.enable(source);
    EXPECT_EQ(interrupts.next(), kNoSource);
    EXPECT_EQ(interrupts.counters(source).ignored, 4u);
    EXPECT_EQ(interrupts.counters(source).raised, 0u);
    interrupts.raise(source);
    EXPECT_EQ(interrupts.next(), source);
}

TEST_F(InterruptControllerTest, KeepsWhatWasPendingWhenItIsDisabled) {
    const SourceId source = enabled_source(3);
    interrupts.raise(source);
    interrupts.disable(source);
    EXPECT_FALSE(interrupts.may_enter(source));
    EXPECT_EQ(interrupts.next(), kNoSource);
    EXPECT_TRUE(interrupts.is_pending(source));
    interrupts.enable(source);
    EXPECT_EQ(interrupts.next(), source);
}

TEST_F(InterruptControllerTest, WithdrawsWhatIsPending) {
    const SourceId source = enabled_source(3);
    EXPECT_FALSE(interrupts.clear(source));
    interrupts.raise(source, 2);
    EXPECT_TRUE(interrupts.clear(source));
    EXPECT_FALSE(interrupts.clear(source));
    EXPECT_EQ(interrupts.next(), kNoSource);
    EXPECT_EQ(interrupts.counters(source).cleared, 1u);
    EXPECT_EQ(interrupts.counters(source).merged, 1u);
}

TEST_F(InterruptControllerTest, CountsAsDelayedWhatCannotEnterAtOnce) {
    const SourceId low = enabled_source(9), high = enabled_source(1);
    interrupts.raise(high);
    EXPECT_EQ(interrupts.counters(high).delayed, 0u);
    interrupts.enter(high);
    interrupts.raise(low);
    interrupts.raise(low);
    EXPECT_EQ(interrupts.counters(low).delayed, 1u);
}

TEST_F(InterruptControllerTest, CountsWhatThoseWhoRunHandlersSay) {
    const SourceId source = enabled_source(1);
    interrupts.note_dropped(source);
    interrupts.note_deferred(source);
    interrupts.note_deferred(source);
    EXPECT_EQ(interrupts.counters(source).dropped, 1u);
    EXPECT_EQ(interrupts.counters(source).deferred, 2u);
}

TEST_F(InterruptControllerTest, IsItsOwnSnapshot) {
    const SourceId low = enabled_source(9), high = enabled_source(1);
    interrupts.raise(low);
    interrupts.enter(low);
    const InterruptController snapshot = interrupts;
    interrupts.raise(high);
    interrupts.enter(high);
    interrupts = snapshot;
    EXPECT_EQ(interrupts.active(), low);
    EXPECT_EQ(interrupts.counters(high).raised, 0u);
    EXPECT_EQ(interrupts.next(), kNoSource);
}

TEST_F(InterruptControllerTest, SaysWhenItIsFull) {
    for (std::size_t i = 0; i < InterruptController::kMostSources; ++i) {
        EXPECT_EQ(interrupts.add(0), i);
    }
    EXPECT_EQ(interrupts.add(0), kNoSource);
    EXPECT_EQ(interrupts.sources(), InterruptController::kMostSources);
    constexpr SourceId kLast = InterruptController::kMostSources - 1;
    interrupts.enable(kLast);
    interrupts.raise(kLast);
    EXPECT_EQ(interrupts.next(), kLast);
}

using InterruptControllerDeathTest = InterruptControllerTest;

TEST_F(InterruptControllerDeathTest, StopsAtAHandlerThatMayNotRun) {
    const SourceId source = enabled_source(3), equal = enabled_source(3);
    EXPECT_DEATH(interrupts.enter(source), "not pending");
    EXPECT_DEATH(interrupts.leave(), "none is active");
    interrupts.raise(source);
    interrupts.raise(equal);
    interrupts.enter(source);
    EXPECT_DEATH(interrupts.enter(equal), "may not run now");
    interrupts.leave();
    const Masked masked(interrupts);
    EXPECT_DEATH(interrupts.enter(equal), "may not run now");
}

TEST_F(InterruptControllerDeathTest, StopsAtASourceThatDoesNotExist) {
    EXPECT_DEATH(interrupts.raise(0), "does not exist");
    EXPECT_DEATH(interrupts.enable(kNoSource), "does not exist");
}

/// Any order of calls, against what the header promises.
class InterruptControllerProperty : public testing::TestWithParam<unsigned> {
  protected:
    static constexpr int kSources = 12, kPriorities = 6, kSteps = 20'000;

    InterruptControllerProperty() {
        for (int i = 0; i < kSources; ++i) {
            interrupts.enable(interrupts.add(static_cast<Priority>(i * 5 % kPriorities)));
        }
    }

    unsigned number_below(unsigned limit) {
        return std::uniform_int_distribution<unsigned>(0, limit - 1)(random);
    }
    SourceId any_source() { return static_cast<SourceId>(number_below(kSources)); }

    void change_the_mask() {
        if (states.empty() || number_below(4) == 0) {
            states.push_back(interrupts.mask());
        } else {
            interrupts.restore(states.back());
            states.pop_back();
        }
    }

    void enter_next() {
        if (const SourceId source = interrupts.next(); source != kNoSource) {
            interrupts.enter(source);
            handlers.push_back(source);
            deepest = std::max(deepest, handlers.size());
        }
    }

    void leave() {
        if (!handlers.empty()) {
            interrupts.leave();
            handlers.pop_back();
        }
    }

    // Rare raises, which are entered soon and left late: so they nest.
    void take_a_step() {
        switch (number_below(14)) {
            case 0:
                interrupts.disable(any_source());
                break;
            case 1:
            case 2:
                interrupts.enable(any_source());
                break;
            case 3:
                interrupts.clear(any_source());
                break;
            case 4:
            case 5:
                change_the_mask();
                break;
            case 6:
                leave();
                break;
            case 7:
            case 8:
                interrupts.raise(any_source(), 1 + number_below(3));
                break;
            default:
                enter_next();
        }
    }

    bool should_be_able_to_enter(SourceId source) {
        return states.empty() && interrupts.is_enabled(source) &&
               (handlers.empty() || interrupts.priority(source) < interrupts.priority(handlers.back()));
    }

    void check_the_choice() {
        SourceId expected = kNoSource;
        for (SourceId source = 0; source < kSources; ++source) {
            EXPECT_EQ(interrupts.may_enter(source), should_be_able_to_enter(source));
            if (interrupts.is_pending(source) && should_be_able_to_enter(source) &&
                (expected == kNoSource || interrupts.priority(source) < interrupts.priority(expected))) {
                expected = source;
            }
        }
        EXPECT_EQ(interrupts.next(), expected);
    }

    void check_the_nesting() {
        EXPECT_EQ(interrupts.active(), handlers.empty() ? kNoSource : handlers.back());
        for (std::size_t i = 1; i < handlers.size(); ++i) {
            EXPECT_LT(interrupts.priority(handlers[i]), interrupts.priority(handlers[i - 1]));
        }
    }

    void check_the_counters() {
        for (SourceId source = 0; source < kSources; ++source) {
            const SourceCounters& counters = interrupts.counters(source);
            EXPECT_EQ(counters.raised, counters.entered + counters.merged + counters.cleared +
                                           (interrupts.is_pending(source) ? 1u : 0u));
        }
    }

    std::mt19937 random{GetParam()};
    InterruptController interrupts;
    std::vector<MaskState> states;
    std::vector<SourceId> handlers;
    std::size_t deepest = 0;
};

TEST_P(InterruptControllerProperty, HoldsAfterEachCall) {
    for (int step = 0; step < kSteps && !HasFailure(); ++step) {
        take_a_step();
        check_the_choice();
        check_the_nesting();
        check_the_counters();
    }
    EXPECT_GE(deepest, 3u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, InterruptControllerProperty, testing::Range(1u, 9u));

}  // namespace
}  // namespace heddle::board
