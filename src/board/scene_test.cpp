#include "board/scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "board/scene_time.hpp"

namespace heddle::board {
namespace {

constexpr Time kUs = 1'000, kMs = 1'000'000, kS = 1'000'000'000;

const Profile& profile() {
    static const Profile kProfile = parse_profile(R"(
pin_list = [{ name = "A", aliases = ["a0"], number = 7 }, { name = "B" }, { name = "C" }]
)",
                                                  "three.toml");
    return kProfile;
}

Scene parse(const std::string& text) { return parse_scene(text, "s.toml", profile()); }

std::string error_of(const std::string& text) {
    try {
        static_cast<void>(parse(text));
    } catch (const FileError& error) {
        return error.what();
    }
    return "no error";
}

using Events = std::vector<SceneEvent>;

TEST(SceneTime, ReadsUnits) {
    EXPECT_EQ(parse_time("1.5s"), 1'500 * kMs);
    EXPECT_EQ(parse_time("10ms"), 10 * kMs);
    EXPECT_EQ(parse_time("250us"), 250 * kUs);
    EXPECT_EQ(parse_time("7ns"), 7);
    EXPECT_EQ(parse_time("0s"), 0);
    EXPECT_EQ(parse_time("0.000000001s"), 1);
    EXPECT_EQ(parse_time("9223372036.854775806s"), kNever - 1);
}

TEST(SceneTime, RefusesWhatIsNoTime) {
    for (const char* text :
         {"", "s", "10", "-1ms", "+1ms", "1 ms", "1.ms", ".5ms", "1.5ns", "1.0000000001s", "1e3s", "1.-5s",
          "9223372036.854775807s", "99999999999999999999s", "1..5s", "5min"}) {
        EXPECT_EQ(parse_time(text), std::nullopt) << text;
    }
}

TEST(SceneTime, IsReadAsItWasWritten) {
    EXPECT_EQ(format_time(0), "0s");
    EXPECT_EQ(format_time(3 * kS), "3s");
    EXPECT_EQ(format_time(1'500 * kMs), "1500ms");
    EXPECT_EQ(format_time(kMs + 1), "1000001ns");
    std::mt19937_64 random(1);
    for (int i = 0; i < 10'000; ++i) {
        const Time time = static_cast<Time>((random() >> 1) >> (random() % 60)) % kNever;
        ASSERT_EQ(parse_time(format_time(time)), time);
    }
}

TEST(Scene, ReadsEdges) {
    const Scene scene = parse(R"(
edges = [
    { at = "10ms", pin = "B", level = 1 },
    { at = 2.5, pin = "a0", level = "high" },
    { at = 3, pin = 7, level = "released" },
    { at = "10ms", pin = "A", level = 0 },
]
)");
    EXPECT_EQ(scene.events, (Events{{2'500 * kUs, 0, Drive::high},
                                    {3 * kMs, 0, Drive::released},
                                    {10 * kMs, 1, Drive::high},
                                    {10 * kMs, 0, Drive::low}}));
    EXPECT_EQ(scene.timer_jitter_ns, 0);
}

TEST(Scene, MayBeEmpty) { EXPECT_EQ(parse(""), Scene{}); }

TEST(Scene, ReadsJitterAndSeed) {
    const Scene scene = parse("seed = 42\n[timers]\njitter = \"50us\"\n");
    EXPECT_EQ(scene.seed, 42u);
    EXPECT_EQ(scene.timer_jitter_ns, 50 * kUs);
}

TEST(Scene, PressesAButton) {
    EXPECT_EQ(parse("[[button]]\npin = \"A\"\npress = [\"1ms\", \"5ms\"]\nhold = \"2ms\"\n").events,
              (Events{{0, 0, Drive::high},
                      {1 * kMs, 0, Drive::low},
                      {3 * kMs, 0, Drive::high},
                      {5 * kMs, 0, Drive::low},
                      {7 * kMs, 0, Drive::high}}));
    EXPECT_EQ(parse("[[button]]\npin = \"A\"\npress = 1\nactive_low = false\n").events,
              (Events{{0, 0, Drive::low}, {1 * kMs, 0, Drive::high}, {101 * kMs, 0, Drive::low}}));
}

TEST(Scene, BouncesAButtonBySeed) {
    const std::string text =
        "[[button]]\npin = \"A\"\npress = \"1ms\"\nhold = \"9ms\"\nbounces = 4\n"
        "bounce_time = \"2ms\"\n";
    for (int seed = 0; seed < 100; ++seed) {
        const std::string seeded = "seed = " + std::to_string(seed) + "\n" + text;
        const Events events = parse(seeded).events;
        ASSERT_EQ(events, parse(seeded).events);
        ASSERT_EQ(events.size(), 1 + 2 * 9u);
        for (std::size_t i = 1; i < events.size(); ++i) {
            ASSERT_NE(events[i].drive, events[i - 1].drive);
        }
        EXPECT_EQ(events[1], (SceneEvent{1 * kMs, 0, Drive::low}));
        EXPECT_LE(events[9].at, 3 * kMs);
        EXPECT_EQ(events[9].drive, Drive::low);
        EXPECT_EQ(events[10], (SceneEvent{10 * kMs, 0, Drive::high}));
        EXPECT_LE(events[18].at, 12 * kMs);
    }
    EXPECT_NE(parse("seed = 1\n" + text).events, parse("seed = 2\n" + text).events);
}

/// What a program that watches both pins makes of the edges.
int decode(const Events& events, PinId a, PinId b) {
    constexpr std::array<int, 4> kPhases = {0, 1, 3, 2};  // of the levels, b's the higher bit
    int levels = 0, position = 0;
    for (const SceneEvent& event : events) {
        const int bit = event.pin == a ? 1 : event.pin == b ? 2 : 0;
        const int before = kPhases[static_cast<std::size_t>(levels)];
        levels = event.drive == Drive::high ? levels | bit : levels & ~bit;
        const int moved = (kPhases[static_cast<std::size_t>(levels)] - before + 4) % 4;
        EXPECT_NE(moved, 2);
        position += moved == 3 ? -1 : moved;
    }
    return position;
}

TEST(Scene, TurnsAnEncoder) {
    const Scene scene = parse(R"(
[[encoder]]
a = "A"
b = "C"
start = "10ms"
steps = 3
step_time = "2ms"
)");
    EXPECT_EQ(scene.events, (Events{{0, 0, Drive::low},
                                    {0, 2, Drive::low},
                                    {10 * kMs, 0, Drive::high},
                                    {12 * kMs, 2, Drive::high},
                                    {14 * kMs, 0, Drive::low}}));
}

TEST(Scene, TurnsAnEncoderBackFromWhereItWas) {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> turn(-9, 9);
    for (int run = 0; run < 100; ++run) {
        const int first = turn(random), second = turn(random);
        const Events events =
            parse("[[encoder]]\na = \"A\"\nb = \"B\"\nsteps = " + std::to_string(first) +
                  "\n[[encoder]]\na = \"A\"\nb = \"B\"\nstart = \"1s\"\nsteps = " + std::to_string(second) +
                  "\n")
                .events;
        ASSERT_EQ(decode(events, 0, 1), first + second);
        ASSERT_EQ(events.size(), 2u + static_cast<unsigned>(std::abs(first) + std::abs(second)));
    }
}

TEST(Scene, DrivesASquareWave) {
    EXPECT_EQ(parse("[[square]]\npin = \"B\"\nstart = \"1ms\"\nperiod = \"10us\"\ncount = 2\n").events,
              (Events{{0, 1, Drive::low},
                      {1 * kMs, 1, Drive::high},
                      {1 * kMs + 5 * kUs, 1, Drive::low},
                      {1 * kMs + 10 * kUs, 1, Drive::high},
                      {1 * kMs + 15 * kUs, 1, Drive::low}}));
}

TEST(Scene, IsReadAsItWasWritten) {
    std::mt19937_64 random(3);
    for (int run = 0; run < 200; ++run) {
        Scene scene;
        Time at = 0;
        for (std::uint64_t i = random() % 50; i > 0; --i) {
            at += static_cast<Time>(random() % 3 == 0 ? 0 : random() % (1ULL << (random() % 40)));
            scene.events.push_back({at, static_cast<PinId>(random() % 3), static_cast<Drive>(random() % 3)});
        }
        scene.seed = random() >> 1;
        scene.timer_jitter_ns = static_cast<Time>(random() % 1'000'000);
        ASSERT_EQ(parse(write_scene(scene, profile())), scene) << write_scene(scene, profile());
    }
}

TEST(Scene, PlaysOnABoard) {
    VirtualClock clock;
    FirstChooser chooser;
    Board board({.timers = 1, .pins = 3}, clock, chooser);
    const Scene scene = parse(R"(
[[square]]
pin = "A"
start = "1ms"
period = "2ms"
count = 5
[timers]
jitter = "10us"
)");
    play(scene, board);
    board.pin(0).watch(Edges::rising);
    board.interrupts().enable(board.pin(0).source());
    board.timers().start_one_shot(board.claim_timer(0), 0, 20 * kMs);
    EXPECT_GT(board.timers().next_deadline(), 20 * kMs);
    std::vector<Time> rises;
    while (board.next_event_ns() < 20 * kMs) {
        clock.advance_to(board.next_event_ns());
        board.poll();
        for (SourceId source = board.next_interrupt(); source != kNoSource; source = board.next_interrupt()) {
            board.interrupts().enter(source);
            rises.push_back(clock.now_ns());
            board.interrupts().leave();
        }
    }
    EXPECT_EQ(rises, (std::vector<Time>{1 * kMs, 3 * kMs, 5 * kMs, 7 * kMs, 9 * kMs}));
}

struct BadScene {
    const char* text;
    const char* error;
};

class BadScenes : public testing::TestWithParam<BadScene> {};

TEST_P(BadScenes, AreToldWithFileAndLine) { EXPECT_EQ(error_of(GetParam().text), GetParam().error); }

#define HEDDLE_NO_TIME \
    " must be a time, not negative: \"1.5s\", \"10ms\", \"250us\", \"40ns\", or a number of milliseconds"

INSTANTIATE_TEST_SUITE_P(
    Values, BadScenes,
    testing::Values(
        BadScene{"\nbuton = 1",
                 "s.toml:2: unknown field 'buton' in a scene; allowed are seed, timers, edges, button, "
                 "encoder, square"},
        BadScene{"seed = -1", "s.toml:1: 'seed' must be an integer from 0 to 9223372036854775807"},
        BadScene{"[timers]\njitter = -5", "s.toml:2: 'jitter'" HEDDLE_NO_TIME},
        BadScene{"[timers]\njiter = 5", "s.toml:2: unknown field 'jiter' in timers; allowed are jitter"},
        BadScene{"edges = 5", "s.toml:1: 'edges' must be a list of tables"},
        BadScene{"edges = [{ at = 1, pin = \"A\" }]", "s.toml:1: an edge needs the field 'level'"},
        BadScene{"edges = [{ at = 1, pin = \"A\", level = 2 }]",
                 "s.toml:1: 'level' must be 0, 1, \"low\", \"high\" or \"released\""},
        BadScene{"edges = [{ at = 1, pin = \"A\", level = -1 }]",
                 "s.toml:1: 'level' must be 0, 1, \"low\", \"high\" or \"released\""},
        BadScene{"edges = [\n{ at = 1, pin = \"Z\", level = 1 }]",
                 "s.toml:2: the board 'three' has no pin 'Z'; it has A, B, C"},
        BadScene{"edges = [{ at = 1, pin = 8, level = 1 }]",
                 "s.toml:1: the board 'three' has no pin 8; it has A, B, C"},
        BadScene{"edges = [{ at = 1, pin = -1, level = 1 }]",
                 "s.toml:1: the board 'three' has no pin -1; it has A, B, C"},
        BadScene{"edges = [{ at = 1, pin = true, level = 1 }]", "s.toml:1: 'pin' must be a string"},
        BadScene{"edges = [{ at = -1, pin = \"A\", level = 1 }]", "s.toml:1: 'at'" HEDDLE_NO_TIME},
        BadScene{"edges = [{ at = \"1h\", pin = \"A\", level = 1 }]", "s.toml:1: 'at'" HEDDLE_NO_TIME},
        BadScene{"edges = [{ at = nan, pin = \"A\", level = 1 }]", "s.toml:1: 'at'" HEDDLE_NO_TIME},
        BadScene{"edges = [{ at = 1e300, pin = \"A\", level = 1 }]", "s.toml:1: 'at'" HEDDLE_NO_TIME},
        BadScene{"edges = [{ at = 9223372036854775807, pin = \"A\", level = 1 }]",
                 "s.toml:1: 'at'" HEDDLE_NO_TIME},
        BadScene{"edges = [{ at = true, pin = \"A\", level = 1 }]", "s.toml:1: 'at'" HEDDLE_NO_TIME},
        BadScene{"[[button]]\npin = \"A\"", "s.toml:1: a button needs the field 'press'"},
        BadScene{"[[button]]\npin = \"A\"\npress = [5, \"x\"]", "s.toml:3: 'press'" HEDDLE_NO_TIME},
        BadScene{"[[button]]\npin = \"A\"\npress = [5, 7]\nhold = 3",
                 "s.toml:3: a press at 7ms begins before the last one ends"},
        BadScene{"[[button]]\npin = \"A\"\npress = 5\nhold = 3\nbounces = 1\nbounce_time = 3",
                 "s.toml:6: 'bounce_time' must be below 'hold', which is 3ms"},
        BadScene{"[[button]]\npin = \"A\"\npress = 5\nbounces = -1",
                 "s.toml:4: 'bounces' must be an integer from 0 to 1000"},
        BadScene{"[[button]]\npin = \"A\"\npress = \"9223372036s\"\nhold = \"9s\"",
                 "s.toml:1: an event is later than time can tell"},
        BadScene{"[[encoder]]\na = \"A\"\nb = \"a0\"\nsteps = 1",
                 "s.toml:3: an encoder's pins 'a' and 'b' must be two"},
        BadScene{"[[encoder]]\na = \"A\"\nb = \"B\"\nsteps = 1\nstep_time = 0",
                 "s.toml:5: 'step_time' must be more than 0"},
        BadScene{"[[square]]\npin = \"A\"\nperiod = \"1ns\"\ncount = 1",
                 "s.toml:3: 'period' must be at least 2ns"},
        BadScene{"[[square]]\npin = \"A\"\nperiod = 1\ncount = 0",
                 "s.toml:4: 'count' must be an integer from 1 to 1000000"},
        BadScene{"[[square]]\npin = \"A\"\nperiod = 1\ncount = 500000",
                 "s.toml:1: a scene has at most 1000000 events"}));

TEST(Scene, TellsThatABoardHasNoPins) {
    try {
        static_cast<void>(
            parse_scene("edges = [{ at = 1, pin = \"A\", level = 1 }]", "s.toml", load_profile("unix")));
        FAIL();
    } catch (const FileError& error) {
        EXPECT_STREQ(error.what(), "s.toml:1: the board 'unix' has no pin 'A'; it has none at all");
    }
}

TEST(Scene, TellsThatAFileCannotBeRead) {
    try {
        static_cast<void>(load_scene("no/such.toml", profile()));
        FAIL();
    } catch (const FileError& error) {
        EXPECT_STREQ(error.what(), "no/such.toml: cannot be read: No such file or directory");
    }
}

}  // namespace
}  // namespace heddle::board
