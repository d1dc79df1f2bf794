#include "board/board.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace heddle::board {
namespace {

/// Answers from a list, then 0. Keeps what it was asked.
class ScriptedChooser final : public Chooser {
  public:
    std::size_t choose(std::size_t n) noexcept override {
        asked.push_back(n);
        return asked.size() <= answers.size() ? answers[asked.size() - 1] : 0;
    }

    std::vector<std::size_t> answers;
    std::vector<std::size_t> asked;
};

constexpr Hardware kHardware{.timers = 3, .pins = 4, .pin_priority = 14};
constexpr Priority kTimerPriority = 13;

class BoardTest : public testing::Test {
  protected:
    BoardTest() {
        for (std::size_t timer = 0; timer < kHardware.timers; ++timer) {
            EXPECT_EQ(board.claim_timer(kTimerPriority), timer);
        }
        handlers.resize(board.interrupts().sources());
    }

    void handle(SourceId source, std::function<void()> handler) {
        handlers[source] = std::move(handler);
        board.interrupts().enable(source);
    }

    /// As at a point between two bytecodes, of a thread or of a handler.
    void let_interrupts_in() {
        board.poll();
        for (SourceId source = board.next_interrupt(); source != kNoSource; source = board.next_interrupt()) {
            board.interrupts().enter(source);
            handlers[source]();
            board.interrupts().leave();
        }
    }

    void run_until(Time end) {
        while (board.next_event_ns() <= end) {
            clock.advance_to(board.next_event_ns());
            let_interrupts_in();
        }
        clock.advance_to(end);
    }

    SourceId timer_source(TimerId timer) { return board.timers().source(timer); }

    VirtualClock clock;
    ScriptedChooser chooser;
    Board board{kHardware, clock, chooser};
    std::vector<std::function<void()>> handlers;
};

static_assert(std::is_trivially_destructible_v<Board>, "nothing of it lies elsewhere");

TEST_F(BoardTest, HasWhatItWasBuiltWith) {
    EXPECT_EQ(board.timers().timers(), kHardware.timers);
    EXPECT_EQ(board.pins(), kHardware.pins);
    EXPECT_EQ(board.interrupts().sources(), kHardware.timers + kHardware.pins);
    EXPECT_EQ(board.interrupts().priority(timer_source(2)), kTimerPriority);
    EXPECT_EQ(board.interrupts().priority(board.pin(3).source()), kHardware.pin_priority);
    EXPECT_EQ(board.next_event_ns(), kNever);
    EXPECT_EQ(board.next_interrupt(), kNoSource);
}

TEST_F(BoardTest, RunsATimerOnItsClock) {
    std::vector<Time> times;
    handle(timer_source(0), [&] { times.push_back(board.now_ns()); });
    board.timers().start_periodic(0, board.now_ns(), 250);
    run_until(1'100);
    EXPECT_EQ(times, (std::vector<Time>{250, 500, 750, 1'000}));
    EXPECT_EQ(board.next_event_ns(), 1'250);
}

TEST_F(BoardTest, LetsATimerPreemptAPinsHandlerButNotTheOtherWayRound) {
    std::string order;
    Pin& pin = board.pin(0);
    pin.watch(Edges::both);
    handle(pin.source(), [&] {
        order += "p";
        clock.tick(10);
        let_interrupts_in();
        order += "P";
    });
    handle(timer_source(0), [&] {
        order += "t";
        pin.drive(Drive::low);
        let_interrupts_in();
        order += "T";
    });
    board.timers().start_one_shot(0, board.now_ns(), 5);
    pin.drive(Drive::high);
    let_interrupts_in();
    EXPECT_EQ(order, "ptTPpP");
}

TEST_F(BoardTest, AsksTheChooserWhetherASourceFiresNow) {
    int fired = 0;
    handle(timer_source(0), [&] { ++fired; });
    let_interrupts_in();
    EXPECT_TRUE(chooser.asked.empty());
    chooser.answers = {1, 1, 0};
    board.timers().start_one_shot(0, board.now_ns(), 0);
    let_interrupts_in();
    let_interrupts_in();
    EXPECT_EQ(fired, 0);
    let_interrupts_in();
    EXPECT_EQ(fired, 1);
    EXPECT_EQ(chooser.asked, (std::vector<std::size_t>{2, 2, 2}));
}

TEST_F(BoardTest, AsksNothingWhileInterruptsAreMasked) {
    board.interrupts().enable(timer_source(0));
    board.timers().start_one_shot(0, board.now_ns(), 0);
    const Masked masked(board.interrupts());
    board.poll();
    EXPECT_EQ(board.next_interrupt(), kNoSource);
    EXPECT_TRUE(chooser.asked.empty());
}

TEST_F(BoardTest, ReadsNoClockWhileNothingIsArmed) {
    class CountingClock final : public Clock {
      public:
        Time now_ns() const noexcept override { return ++reads; }
        mutable Time reads = 0;
    };
    CountingClock counting;
    Board idle(kHardware, counting, chooser);
    const TimerId timer = idle.claim_timer(0);
    idle.poll();
    EXPECT_EQ(counting.reads, 0);
    idle.timers().start_one_shot(timer, 0, 100);
    idle.poll();
    EXPECT_EQ(counting.reads, 1);
    idle.timers().stop(timer);
    const std::vector<SceneEvent> scene{{.at = 3, .pin = 0, .drive = Drive::high}};
    idle.play(scene);
    EXPECT_EQ(counting.reads, 2);
    EXPECT_FALSE(idle.pin(0).read());
    idle.poll();
    EXPECT_EQ(counting.reads, 3);
    EXPECT_TRUE(idle.pin(0).read());
    idle.poll();
    EXPECT_EQ(counting.reads, 3);
}

TEST_F(BoardTest, AccountsForEveryInterrupt) {
    constexpr int kPeriods = 1'000;
    bool taken = false;
    std::uint64_t updated = 0;
    const SourceId source = timer_source(0);
    handle(source, [&] {
        if (taken) {
            board.interrupts().note_deferred(source);
        } else {
            ++updated;
        }
    });
    board.timers().set_tolerance(0);
    board.timers().start_periodic(0, 0, 10);
    for (int i = 0; i < kPeriods; ++i) {
        taken = i % 3 == 0;
        clock.tick(i % 5 == 0 ? 35 : 10);
        let_interrupts_in();
    }
    const Statistics statistics = board.statistics();
    EXPECT_EQ(updated + statistics.deferred, statistics.fired);
    EXPECT_EQ(statistics.fired + statistics.dropped, static_cast<std::uint64_t>(board.now_ns() / 10));
    EXPECT_EQ(statistics.dropped, board.timers().counters(0).missed);
    EXPECT_GT(statistics.late, 0u);
    EXPECT_GT(statistics.deferred, 0u);
}

TEST_F(BoardTest, CountsAsDroppedWhatAFullQueueRefused) {
    const SourceId source = board.pin(1).source();
    handle(source, [&] { board.interrupts().note_dropped(source); });
    board.pin(1).watch(Edges::rising);
    board.pin(1).drive(Drive::high);
    let_interrupts_in();
    EXPECT_EQ(board.statistics().fired, 0u);
    EXPECT_EQ(board.statistics().dropped, 1u);
}

TEST_F(BoardTest, SnapshotsAsItsBytes) {
    std::vector<std::string> runs;
    const VirtualClock clock_then = clock;
    std::vector<unsigned char> bytes(sizeof(Board));
    std::memcpy(bytes.data(), static_cast<const void*>(&board), sizeof(Board));
    for (int run = 0; run < 3; ++run) {
        std::string order;
        handle(timer_source(0), [&] {
            order += "t";
            board.pin(0).write(!board.pin(0).read());
        });
        handle(board.pin(0).source(), [&] { order += "p"; });
        board.pin(0).configure(PinMode::output, Pull::none);
        board.pin(0).watch(Edges::rising);
        board.timers().start_periodic(0, board.now_ns(), 10);
        run_until(50);
        EXPECT_EQ(board.statistics().fired, order.size());
        runs.push_back(order);
        std::memcpy(static_cast<void*>(&board), bytes.data(), sizeof(Board));
        clock = clock_then;
        EXPECT_EQ(board.next_event_ns(), kNever);
        EXPECT_EQ(board.statistics().fired, 0u);
    }
    EXPECT_EQ(runs, std::vector<std::string>(3, "tpttpttp"));
}

TEST_F(BoardTest, HandsOutAsManyTimersAsItHas) {
    EXPECT_EQ(board.claim_timer(0), kNoTimer);
    board.release_timer(1);
    EXPECT_EQ(board.claim_timer(7, 1), 1);
    EXPECT_EQ(board.interrupts().priority(timer_source(1)), 7);
    EXPECT_EQ(board.claim_timer(0), kNoTimer);
    EXPECT_EQ(board.timers().timers(), kHardware.timers);
}

TEST_F(BoardTest, WithdrawsWhatAReleasedTimerHasRaised) {
    handle(timer_source(0), [] { FAIL(); });
    board.timers().start_periodic(0, 0, 10);
    clock.tick(10);
    board.poll();
    board.release_timer(0);
    run_until(100);
    let_interrupts_in();
    EXPECT_EQ(board.statistics().fired, 0u);
    EXPECT_FALSE(board.interrupts().is_enabled(timer_source(0)));
    EXPECT_EQ(board.interrupts().counters(timer_source(0)).cleared, 1u);
}

TEST_F(BoardTest, KeepsTheCountersOfReleasedTimersInItsTotals) {
    handle(timer_source(0), [] {});
    board.timers().start_periodic(0, 0, 10);
    run_until(30);
    board.release_timer(0);
    ASSERT_EQ(board.claim_timer(kTimerPriority, 0), 0);
    handle(timer_source(0), [] {});
    board.timers().start_one_shot(0, board.now_ns(), 5);
    run_until(50);
    EXPECT_EQ(board.statistics().fired, 4u);
}

TEST_F(BoardTest, ReusesNoTimerWhoseHandlerIsActive) {
    TimerId claimed = kNoTimer;
    handle(timer_source(0), [&] {
        board.release_timer(0);
        claimed = board.claim_timer(1, 0);
        EXPECT_NE(claimed, 0);
        EXPECT_NE(timer_source(claimed), timer_source(0));
    });
    board.timers().start_one_shot(0, 0, 10);
    run_until(20);
    EXPECT_EQ(claimed, kHardware.timers);
    EXPECT_EQ(board.claim_timer(1), kNoTimer);
    board.release_timer(claimed);
    EXPECT_EQ(board.claim_timer(1, 0), 0);
    board.release_timer(0);
    EXPECT_EQ(board.claim_timer(1), kHardware.timers + 1);
}

TEST_F(BoardTest, GoesOnWithATimerThatItsOwnHandlerSetsUpAnew) {
    int calls = 0;
    handle(timer_source(0), [&] {
        board.release_timer(0);
        ASSERT_EQ(board.claim_timer(kTimerPriority, 0), 0);
        board.interrupts().enable(timer_source(0));
        board.timers().start_one_shot(0, board.now_ns(), 5);
        ++calls;
    });
    board.timers().start_one_shot(0, 0, 10);
    run_until(22);
    EXPECT_EQ(calls, 3);
}

TEST_F(BoardTest, PlaysASceneAtItsTimes) {
    const std::vector<SceneEvent> scene{{10, 0, Drive::high}, {15, 1, Drive::high}, {20, 0, Drive::low}};
    std::string order;
    for (const PinId pin : {PinId{0}, PinId{1}}) {
        board.pin(pin).watch(Edges::both);
        handle(board.pin(pin).source(),
               [&, pin] { order += "p" + std::to_string(pin) + "@" + std::to_string(board.now_ns()) + " "; });
    }
    handle(timer_source(0), [&] { order += "t@" + std::to_string(board.now_ns()) + " "; });
    board.timers().start_periodic(0, 0, 12);
    board.play(scene);
    EXPECT_EQ(board.next_event_ns(), 10);
    run_until(24);
    EXPECT_EQ(order, "p0@10 t@12 p1@15 p0@20 t@24 ");
    EXPECT_EQ(board.next_event_ns(), 36);
}

TEST_F(BoardTest, SetsTheLevelsThatASceneBeginsWithAtOnce) {
    const std::vector<SceneEvent> scene{{0, 2, Drive::high}, {5, 2, Drive::low}, {6, 2, Drive::high}};
    clock.tick(5);
    board.play(scene);
    EXPECT_EQ(board.pin(2).driven(), Drive::low);
    EXPECT_EQ(board.next_event_ns(), 6);
    board.play({});
    EXPECT_EQ(board.next_event_ns(), kNever);
}

TEST_F(BoardTest, LosesNoEdgeOfASceneThatIsPolledLate) {
    const std::vector<SceneEvent> scene{{10, 0, Drive::high}, {11, 0, Drive::low}, {12, 1, Drive::high}};
    Edges seen = Edges::none;
    board.pin(0).watch(Edges::both);
    handle(board.pin(0).source(), [&] { seen = board.pin(0).take_edges(); });
    board.play(scene);
    clock.tick(1'000);
    let_interrupts_in();
    EXPECT_EQ(seen, Edges::both);
    EXPECT_EQ(board.interrupts().counters(board.pin(0).source()).raised, 2u);
    EXPECT_EQ(board.statistics().dropped, 1u);
    EXPECT_TRUE(board.pin(1).read());
    EXPECT_EQ(board.next_event_ns(), kNever);
}

TEST(BoardDeathTest, StopsAtWhatABoardDoesNotHave) {
    VirtualClock clock;
    FirstChooser chooser;
    EXPECT_DEATH(Board({.timers = Board::kMostTimers + 1}, clock, chooser), "more timers");
    EXPECT_DEATH(Board({.pins = Board::kMostPins + 1}, clock, chooser), "more pins");
    Board board({.pins = 2}, clock, chooser);
    EXPECT_DEATH(static_cast<void>(board.pin(2)), "does not exist");
    EXPECT_DEATH(board.release_timer(0), "not claimed");
    const std::vector<SceneEvent> backwards{{.at = 2}, {.at = 1}}, elsewhere{{.pin = 2}};
    EXPECT_DEATH(board.play(backwards), "order of its times");
    EXPECT_DEATH(board.play(elsewhere), "pin that does not exist");
}

TEST(Board, FitsInItsLargestSize) {
    VirtualClock clock;
    FirstChooser chooser;
    Board board({.timers = Board::kMostTimers, .pins = Board::kMostPins}, clock, chooser);
    for (std::size_t timer = 0; timer < Board::kMostTimers; ++timer) {
        EXPECT_EQ(board.claim_timer(0), timer);
    }
    EXPECT_EQ(board.claim_timer(0), kNoTimer);
    EXPECT_NE(board.pin(Board::kMostPins - 1).source(), kNoSource);
    EXPECT_NE(board.timers().source(Board::kMostTimers - 1), kNoSource);
    EXPECT_NE(board.pin(0).source(), board.timers().source(Board::kMostTimers - 1));
}

TEST(Board, RunsOnARealClock) {
    RealClock clock;
    FirstChooser chooser;
    Board board({.timers = 1}, clock, chooser);
    const TimerId timer = board.claim_timer(0);
    board.interrupts().enable(board.timers().source(timer));
    const Time start = board.now_ns();
    board.timers().start_one_shot(timer, start, 1'000'000);
    while (board.next_interrupt() == kNoSource) {
        board.poll();
    }
    EXPECT_GE(board.now_ns() - start, 1'000'000);
}

}  // namespace
}  // namespace heddle::board
