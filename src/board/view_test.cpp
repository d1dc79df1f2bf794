#include "board/view.hpp"

#include <gtest/gtest.h>

namespace heddle::board {
namespace {

struct View : testing::Test {
    Profile profile = parse_profile(
        "leds = ['A', 'B']\n"
        "pin_list = [{ name = 'A' }, { name = 'B' }, { name = 'P' }, { name = 'Q' }, { name = 'R' }]",
        "view.toml");
    VirtualClock clock;
    FirstChooser chooser;
    Board board{{.timers = 1, .pins = 5}, clock, chooser};

    using Lines = std::vector<std::string>;
};

TEST_F(View, ShowsLedsAndOnlyThePinsInUse) {
    EXPECT_EQ(pin_lines(board, profile, 80), Lines{"LED 1 off, 2 off"});
    board.pin(1).configure(PinMode::output, Pull::none);
    board.pin(1).write(true);
    board.pin(3).configure(PinMode::input, Pull::up);
    board.pin(4).configure(PinMode::open_drain, Pull::none);
    EXPECT_EQ(pin_lines(board, profile, 80), (Lines{"LED 1 off, 2 on", "Q in 1, R open 0"}));
    board.pin(2).drive(Drive::high);
    board.pin(4).configure(PinMode::output, Pull::none);
    EXPECT_EQ(pin_lines(board, profile, 80), (Lines{"LED 1 off, 2 on", "P in 1, Q in 1, R out 0"}));
}

TEST_F(View, BreaksLinesBetweenPins) {
    for (PinId pin = 2; pin < 5; ++pin) {
        board.pin(pin).drive(Drive::low);
    }
    EXPECT_EQ(pin_lines(board, profile, 16), (Lines{"LED 1 off, 2 off", "P in 0, Q in 0", "R in 0"}));
    EXPECT_EQ(pin_lines(board, profile, 1), (Lines{"LED 1 off", "2 off", "P in 0", "Q in 0", "R in 0"}));
}

TEST_F(View, LedsMayBeOnWhenTheirPinsAreLow) {
    profile.led_active_low = true;
    EXPECT_EQ(pin_lines(board, profile, 80), Lines{"LED 1 on, 2 on"});
}

TEST_F(View, CountsInterrupts) {
    EXPECT_EQ(counter_line(board), "0.000 s  fired 0, late 0, dropped 0, deferred 0");
    const TimerId timer = board.claim_timer(0);
    board.interrupts().enable(board.timers().source(timer));
    board.timers().start_periodic(timer, 0, 1'000'000);
    clock.tick(1'500'000);
    board.poll();
    board.interrupts().enter(board.next_interrupt());
    board.interrupts().leave();
    EXPECT_EQ(counter_line(board), "0.001 s  fired 1, late 0, dropped 0, deferred 0");
}

}  // namespace
}  // namespace heddle::board
