#include "board/profile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "board/board.hpp"

namespace heddle::board {
namespace {

std::string error_of(const std::string& text) {
    try {
        static_cast<void>(parse_profile(text, "b.toml"));
    } catch (const FileError& error) {
        return error.what();
    }
    return "no error";
}

bool offers(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

TEST(KnownProfiles, AreMadeAsTheirFilesSay) {
    ASSERT_FALSE(known_profiles().empty());
    for (const Profile& profile : known_profiles()) {
        EXPECT_EQ(profile, parse_profile(profile_text(profile.name), profile.name + ".toml")) << profile.name;
    }
}

TEST(KnownProfiles, AreTheFiveInTheOrderOfTheirNames) {
    std::vector<std::string> names;
    for (const Profile& profile : known_profiles()) {
        names.push_back(profile.name);
        EXPECT_FALSE(profile.description.empty()) << profile.name;
        EXPECT_EQ(profile.description.find('\n'), std::string::npos) << profile.name;
        EXPECT_NE(profile_text(profile.name), "") << profile.name;
    }
    EXPECT_EQ(names, (std::vector<std::string>{"esp32", "pyboard", "pycom", "rp2", "unix"}));
    EXPECT_EQ(profile_text("pybord"), "");
}

TEST(KnownProfiles, FitTheBoard) {
    for (const Profile& profile : known_profiles()) {
        VirtualClock clock;
        FirstChooser chooser;
        const Hardware hardware{.timers = profile.most_timers, .pins = profile.pin_list.size()};
        const Board board(hardware, clock, chooser);
        EXPECT_EQ(board.pins(), profile.pin_list.size());
    }
}

TEST(Pyboard, IsAPyboard) {
    const Profile board = load_profile("pyboard");
    EXPECT_EQ(board.flavour, Flavour::stm32);
    EXPECT_TRUE(board.interpreter_lock);
    EXPECT_EQ(board.thread_limit, 0u);
    EXPECT_EQ(board.schedule_depth, 8u);
    EXPECT_EQ(board.hardware_timers.context, Context::hard);
    EXPECT_EQ(board.external_lines.context, Context::hard);
    EXPECT_EQ(board.pins.context, Context::scheduled);
    EXPECT_TRUE(board.pins.may_be_hard);
    EXPECT_LT(board.hardware_timers.priority, board.external_lines.priority);
    EXPECT_LT(board.external_lines.priority, board.timers.priority);
    EXPECT_EQ(board.first_timer, 1);
    EXPECT_EQ(board.last_timer, 14);
    EXPECT_TRUE(board.virtual_timers);
    EXPECT_EQ(board.leds.size(), 4u);
    EXPECT_EQ(board.pin_list.size(), 34u);
    EXPECT_EQ(find_pin(board, "SW"), find_pin(board, "X17"));
    EXPECT_EQ(find_pin(board, "B3"), find_pin(board, "X17"));
    EXPECT_EQ(find_pin(board, "X1"), 0);
    EXPECT_EQ(find_pin(board, "X13"), std::nullopt);
    EXPECT_TRUE(offers(board.pyb, "Switch"));
    EXPECT_FALSE(offers(board.machine, "PinBase"));
}

TEST(Pyboard, HasTheProcessorsNameAsFirstAliasOfEachPin) {
    for (const PinProfile& pin : load_profile("pyboard").pin_list) {
        ASSERT_FALSE(pin.aliases.empty()) << pin.name;
        EXPECT_GE(pin.aliases[0][0], 'A');
        EXPECT_LE(pin.aliases[0][0], 'C');
        EXPECT_EQ(pin.number, -1);
    }
}

TEST(Rp2, HasOneExtraThreadAndNoLock) {
    const Profile board = load_profile("rp2");
    EXPECT_FALSE(board.interpreter_lock);
    EXPECT_EQ(board.thread_limit, 1u);
    EXPECT_EQ(board.thread_limit_error, "core1 in use");
    EXPECT_LT(board.last_timer, board.first_timer);
    EXPECT_TRUE(board.virtual_timers);
    EXPECT_EQ(board.pin_list.size(), 30u);
    EXPECT_EQ(find_pin(board, "LED"), 25);
    EXPECT_EQ(find_pin(board, "GP25"), 25);
    EXPECT_EQ(find_pin(board, "GP23"), std::nullopt);
    EXPECT_TRUE(board.pyb.empty());
}

TEST(Esp32, SchedulesEveryHandler) {
    const Profile board = load_profile("esp32");
    EXPECT_EQ(board.timers.context, Context::scheduled);
    EXPECT_FALSE(board.timers.may_be_hard);
    EXPECT_FALSE(board.pins.may_be_hard);
    EXPECT_EQ(board.default_stack, 5120u);
    EXPECT_EQ(board.most_timers, 4u);
    EXPECT_FALSE(board.virtual_timers);
    EXPECT_FALSE(board.named_pins);
    std::set<int> numbers;
    for (const PinProfile& pin : board.pin_list) {
        numbers.insert(pin.number);
        EXPECT_EQ(pin.name, std::to_string(pin.number));
        EXPECT_EQ(pin.input_only, pin.number >= 34);
    }
    EXPECT_EQ(numbers.size(), 35u);
    EXPECT_FALSE(numbers.contains(24));
    EXPECT_FALSE(numbers.contains(28));
}

TEST(Pycom, HasAnInterruptThread) {
    const Profile board = load_profile("pycom");
    EXPECT_EQ(board.timers.context, Context::thread);
    EXPECT_EQ(board.pins.context, Context::thread);
    EXPECT_EQ(board.interrupt_queue, 32u);
    EXPECT_EQ(board.most_timers, 16u);
    EXPECT_EQ(board.pin_list.size(), 24u);
    EXPECT_EQ(find_pin(board, "G17"), find_pin(board, "P10"));
    EXPECT_FALSE(offers(board.machine, "Signal"));
}

TEST(Unix, HasNothing) {
    const Profile board = load_profile("unix");
    EXPECT_TRUE(board.pin_list.empty());
    EXPECT_EQ(board.most_timers, 0u);
    EXPECT_EQ(board.schedule_depth, 4u);
    EXPECT_FALSE(offers(board.machine, "Pin"));
    EXPECT_TRUE(offers(board.machine, "PinBase"));
}

TEST(Profile, ChangesSomeFieldsOfItsBase) {
    const Profile board = parse_profile(R"(
base = "pyboard"
thread_limit = 2
timers = { priority = 3 }
leds = ["X1"]
)",
                                        "shield/mine.toml");
    const Profile base = load_profile("pyboard");
    EXPECT_EQ(board.name, "mine");
    EXPECT_EQ(board.thread_limit, 2u);
    EXPECT_EQ(board.timers.priority, 3);
    EXPECT_TRUE(board.timers.may_be_hard);
    EXPECT_EQ(board.hardware_timers.priority, base.hardware_timers.priority);
    EXPECT_EQ(board.leds, std::vector<std::string>{"X1"});
    EXPECT_EQ(board.pin_list.size(), base.pin_list.size());
    EXPECT_EQ(board.description, base.description);
}

TEST(Profile, HasDefaultsForEveryField) {
    const Profile board = parse_profile("", "empty.toml");
    const Profile defaults;
    EXPECT_EQ(board.name, "empty");
    EXPECT_EQ(board.interpreter_lock, defaults.interpreter_lock);
    EXPECT_EQ(board.schedule_depth, defaults.schedule_depth);
    EXPECT_EQ(board.least_stack, defaults.least_stack);
    EXPECT_EQ(board.most_timers, 0u);
    EXPECT_TRUE(board.machine.empty());
}

TEST(Profile, LoadsAFile) {
    const std::string path = testing::TempDir() + "heddle_profile_test.toml";
    std::ofstream(path) << "name = \"desk\"\npin_list = [{ name = \"A\", number = 7 }]\n";
    const Profile board = load_profile(path);
    std::remove(path.c_str());
    EXPECT_EQ(board.name, "desk");
    EXPECT_EQ(board.pin_list.at(0).number, 7);
}

struct BadProfile {
    const char* text;
    const char* error;
};

class BadProfiles : public testing::TestWithParam<BadProfile> {};

TEST_P(BadProfiles, AreToldWithFileAndLine) { EXPECT_EQ(error_of(GetParam().text), GetParam().error); }

INSTANTIATE_TEST_SUITE_P(
    Values, BadProfiles,
    testing::Values(
        BadProfile{"\nthread_limit = -1", "b.toml:2: 'thread_limit' must be an integer from 0 to 1000000"},
        BadProfile{"thread_limit = 1.0", "b.toml:1: 'thread_limit' must be an integer from 0 to 1000000"},
        BadProfile{"schedule_depth = 0", "b.toml:1: 'schedule_depth' must be an integer from 1 to 64"},
        BadProfile{"interpreter_lock = 1", "b.toml:1: 'interpreter_lock' must be true or false"},
        BadProfile{"name = 3", "b.toml:1: 'name' must be a string"},
        BadProfile{"flavour = \"avr\"", "b.toml:1: 'flavour' must be one of unix, stm32, rp2, esp32, pycom"},
        BadProfile{"flavour = 1", "b.toml:1: 'flavour' must be one of unix, stm32, rp2, esp32, pycom"},
        BadProfile{"[pins]\n\ncontext = \"soft\"",
                   "b.toml:3: 'context' must be one of hard, scheduled, thread"},
        BadProfile{"[timers]\npriority = 256", "b.toml:2: 'priority' must be an integer from 0 to 255"},
        BadProfile{"timers = 4", "b.toml:1: 'timers' must be a table"},
        BadProfile{"\n[timers]\nprio = 1",
                   "b.toml:3: unknown field 'prio' in handlers; allowed are context, may_be_hard, priority"},
        BadProfile{"[timers]\ncontext = \"thread\"",
                   "b.toml:1: handlers run in an interrupt thread, so 'interrupt_queue' must be at least 1"},
        BadProfile{"most_timers = 129", "b.toml:1: 'most_timers' must be an integer from 0 to 128"},
        BadProfile{"most_timers = 2\nlast_timer = 3",
                   "b.toml:1: 'most_timers' is 2, but Timer() accepts 4 numbers"},
        BadProfile{"first_timer = 5\nlast_timer = 3",
                   "b.toml:2: 'last_timer' is below 'first_timer', which is 5"},
        BadProfile{"most_timers = 2\nlast_timer = 1\nreserved_timers = [2]",
                   "b.toml:3: there is no timer 2 to reserve"},
        BadProfile{"reserved_timers = [\n1,\n\"x\"]",
                   "b.toml:3: 'reserved_timers' must be a list of integers"},
        BadProfile{"default_stack = 100",
                   "b.toml:1: 'default_stack' must be 0, or not below 'least_stack', which is 4096"},
        BadProfile{"pin_list = 3", "b.toml:1: 'pin_list' must be a list of tables"},
        BadProfile{"pin_list = [\n3]", "b.toml:2: 'pin_list' must be a list of tables"},
        BadProfile{"pin_list = [{ name = \"A\" },\n{ name = \"B\", aliases = [\"A\"] }]",
                   "b.toml:2: two pins, or two names of one, are called 'A'"},
        BadProfile{"pin_list = [{ name = \"A\", number = 1 },\n{ name = \"B\", number = 1 }]",
                   "b.toml:2: two pins have the number 1"},
        BadProfile{"pin_list = [{ name = \"A\\\"\" }]",
                   "b.toml:1: a pin's name is made of letters, digits and '_', unlike 'A\"'"},
        BadProfile{"pin_list = [{ number = 1 }]", "b.toml:1: a pin needs the field 'name'"},
        BadProfile{"pin_list = [{ name = \"A\", pull = 1 }]",
                   "b.toml:1: unknown field 'pull' in a pin; allowed are name, aliases, number, input_only"},
        BadProfile{"leds = [\"A\"]", "b.toml:1: the LED 'A' is no pin of this board"},
        BadProfile{"leds = [1]", "b.toml:1: 'leds' must be a list of strings"},
        BadProfile{"switch_pin = \"A\"", "b.toml:1: the switch 'A' is no pin of this board"},
        BadProfile{
            "pyb = [\"Accel\"]",
            "b.toml:1: unknown name 'Accel' in 'pyb'; allowed are ExtInt, LED, Pin, Switch, Timer, delay, "
            "disable_irq, elapsed_micros, elapsed_millis, enable_irq, micros, millis, udelay, wfi"},
        BadProfile{"\nmachine = [\"idle\", \"Timer\"]",
                   "b.toml:2: 'Timer' in 'machine' needs another flavour than 'unix'"},
        BadProfile{"base = \"rp2\"\npyb = [\"LED\"]",
                   "b.toml:2: only boards of the flavour 'stm32' have a module 'pyb'"},
        BadProfile{"\nbase = \"pybord\"",
                   "b.toml:2: unknown board 'pybord' as base; known are esp32, pyboard, pycom, rp2, unix"}));

TEST(Profile, NamesAnUnknownFieldAndTheAllowedOnes) {
    const std::string error = error_of("name = \"x\"\ntmers = 3\n");
    EXPECT_EQ(error.find("b.toml:2: unknown field 'tmers' in a board; allowed are base, name, "), 0u)
        << error;
    EXPECT_NE(error.find(", pyb"), std::string::npos);
    EXPECT_EQ(error.find('\n'), std::string::npos);
}

TEST(Profile, TellsWhereTheFileIsNoToml) {
    const std::string error = error_of("name = \"x\"\n\nthread_limit = = 3\n");
    EXPECT_EQ(error.find("b.toml:3: "), 0u) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos);
    EXPECT_EQ(error_of("name = \"x\"\nname = \"y\"\n").find("b.toml:2: "), 0u);
}

TEST(Profile, HasNoMorePinsThanABoard) {
    std::string text = "pin_list = [\n";
    for (std::size_t pin = 0; pin <= Board::kMostPins; ++pin) {
        text += "{ name = \"P" + std::to_string(pin) + "\" },\n";
    }
    EXPECT_EQ(error_of(text + "]"), "b.toml:1: a board has at most 64 pins");
}

TEST(Profile, TellsWhichBoardsThereAre) {
    const auto error_of_load = [](const std::string& name) -> std::string {
        try {
            static_cast<void>(load_profile(name));
        } catch (const FileError& error) {
            return error.what();
        }
        return "no error";
    };
    EXPECT_EQ(error_of_load("pybord"),
              "unknown board 'pybord'; known are esp32, pyboard, pycom, rp2, unix; a file's path has a '/' "
              "or a '.' "
              "in it");
    EXPECT_EQ(error_of_load("./none.toml"), "./none.toml: cannot be read: No such file or directory");
    EXPECT_EQ(error_of_load("./"), "./: cannot be read: Is a directory");
}

}  // namespace
}  // namespace heddle::board
