#include "board/profile.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <set>
#include <utility>

#include "board/board.hpp"
#include "board/known_profiles.hpp"
#include "board/toml_table.hpp"

namespace heddle::board {
namespace {

constexpr std::array<std::string_view, 5> kFlavours = {"unix", "stm32", "rp2", "esp32", "pycom"};
constexpr std::array<std::string_view, 3> kContexts = {"hard", "scheduled", "thread"};
constexpr std::array<std::string_view, 12> kMachineNames = {
    "Pin",  "PinBase", "Signal", "Timer", "disable_irq", "enable_irq",
    "idle", "mem16",   "mem32",  "mem8",  "soft_reset",  "time_pulse_us"};
constexpr std::array<std::string_view, 4> kNotOnUnix = {"Pin", "Timer", "disable_irq", "enable_irq"};
constexpr std::array<std::string_view, 14> kPybNames = {
    "ExtInt",         "LED",        "Pin",    "Switch", "Timer",  "delay", "disable_irq", "elapsed_micros",
    "elapsed_millis", "enable_irq", "micros", "millis", "udelay", "wfi"};

constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;
constexpr std::int64_t kMostThreads = 1'000'000;
// The interpreter is built with so many places.
constexpr std::size_t kMostScheduled = 64;
constexpr int kMostNumber = 999;

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void read_handlers(const TomlTable& board, std::string_view field, HandlerProfile& handlers) {
    const TomlTable table = board.table(field, "handlers");
    table.allow_only({"context", "may_be_hard", "priority"});
    handlers.context =
        static_cast<Context>(table.choice("context", kContexts, static_cast<std::size_t>(handlers.context)));
    table.read("may_be_hard", handlers.may_be_hard);
    table.read("priority", handlers.priority, 0, std::numeric_limits<Priority>::max());
}

PinProfile read_pin(const TomlTable& table) {
    PinProfile pin;
    table.allow_only({"name", "aliases", "number", "input_only"});
    table.demand({"name"});
    table.read("name", pin.name);
    table.read("aliases", pin.aliases);
    table.read("number", pin.number, 0, kMostNumber);
    table.read("input_only", pin.input_only);
    return pin;
}

/// What is taken so far, of all pins.
struct TakenByPins {
    std::set<std::string> names;
    std::set<int> numbers;
};

bool is_pin_name(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !name.empty() && std::all_of(name.begin(), name.end(), fits);
}

void check_pin(const TomlTable& table, const PinProfile& pin, TakenByPins& taken) {
    std::vector<std::string> names = pin.aliases;
    names.push_back(pin.name);
    for (const std::string& name : names) {
        if (!is_pin_name(name)) {
            table.fail("name", "a pin's name is made of letters, digits and '_', unlike '" + name + "'");
        }
        if (!taken.names.insert(name).second) {
            table.fail("name", "two pins, or two names of one, are called '" + name + "'");
        }
    }
    if (pin.number >= 0 && !taken.numbers.insert(pin.number).second) {
        table.fail("number", "two pins have the number " + std::to_string(pin.number));
    }
}

void read_pins(const TomlTable& board, Profile& profile) {
    if (!board.has("pin_list")) {
        return;
    }
    TakenByPins taken;
    profile.pin_list.clear();
    for (const TomlTable& table : board.tables("pin_list", "a pin")) {
        profile.pin_list.push_back(read_pin(table));
        check_pin(table, profile.pin_list.back(), taken);
    }
    if (profile.pin_list.size() > Board::kMostPins) {
        board.fail("pin_list", "a board has at most " + std::to_string(Board::kMostPins) + " pins");
    }
}

template <std::size_t size>
void read_names(const TomlTable& board, std::string_view field,
                const std::array<std::string_view, size>& allowed, std::vector<std::string>& names) {
    board.read(field, names);
    for (const std::string& name : names) {
        if (!is_among(allowed, name)) {
            board.fail(field, "unknown name '" + name + "' in '" + std::string(field) + "'; allowed are " +
                                  joined(allowed));
        }
    }
}

void read_threads(const TomlTable& board, Profile& profile) {
    board.read("interpreter_lock", profile.interpreter_lock);
    board.read("schedule_depth", profile.schedule_depth, 1, kMostScheduled);
    board.read("thread_limit", profile.thread_limit, 0, kMostThreads);
    board.read("thread_limit_error", profile.thread_limit_error);
    board.read("least_stack", profile.least_stack, 1, kMostBytes);
    board.read("default_stack", profile.default_stack, 0, kMostBytes);
    if (profile.default_stack != 0 && profile.default_stack < profile.least_stack) {
        board.fail("default_stack", "'default_stack' must be 0, or not below 'least_stack', which is " +
                                        std::to_string(profile.least_stack));
    }
}

void check_timers(const TomlTable& board, const Profile& profile) {
    const int first = profile.first_timer, last = profile.last_timer;
    if (last < first - 1) {
        board.fail("last_timer", "'last_timer' is below 'first_timer', which is " + std::to_string(first));
    }
    if (std::cmp_greater(last - first + 1, profile.most_timers)) {
        board.fail("most_timers", "'most_timers' is " + std::to_string(profile.most_timers) +
                                      ", but Timer() accepts " + std::to_string(last - first + 1) +
                                      " numbers");
    }
    for (const int reserved : profile.reserved_timers) {
        if (reserved < first || reserved > last) {
            board.fail("reserved_timers", "there is no timer " + std::to_string(reserved) + " to reserve");
        }
    }
}

void read_timers(const TomlTable& board, Profile& profile) {
    board.read("most_timers", profile.most_timers, 0, Board::kMostTimers);
    board.read("first_timer", profile.first_timer, 0, kMostNumber);
    board.read("last_timer", profile.last_timer, -1, kMostNumber);
    board.read("virtual_timers", profile.virtual_timers);
    board.read("reserved_timers", profile.reserved_timers);
    check_timers(board, profile);
}

void read_all_handlers(const TomlTable& board, Profile& profile) {
    read_handlers(board, "timers", profile.timers);
    read_handlers(board, "hardware_timers", profile.hardware_timers);
    read_handlers(board, "pins", profile.pins);
    read_handlers(board, "external_lines", profile.external_lines);
    board.read("interrupt_queue", profile.interrupt_queue, 0, 1'000'000);
    const bool has_thread = profile.timers.context == Context::thread ||
                            profile.pins.context == Context::thread ||
                            profile.hardware_timers.context == Context::thread ||
                            profile.external_lines.context == Context::thread;
    if (has_thread && profile.interrupt_queue == 0) {
        board.fail("interrupt_queue",
                   "handlers run in an interrupt thread, so 'interrupt_queue' must be at least 1");
    }
}

void read_lights_and_switch(const TomlTable& board, Profile& profile) {
    board.read("leds", profile.leds);
    board.read("led_active_low", profile.led_active_low);
    board.read("switch_pin", profile.switch_pin);
    for (const std::string& led : profile.leds) {
        if (!find_pin(profile, led)) {
            board.fail("leds", "the LED '" + led + "' is no pin of this board");
        }
    }
    if (!profile.switch_pin.empty() && !find_pin(profile, profile.switch_pin)) {
        board.fail("switch_pin", "the switch '" + profile.switch_pin + "' is no pin of this board");
    }
}

void read_modules(const TomlTable& board, Profile& profile) {
    read_names(board, "machine", kMachineNames, profile.machine);
    read_names(board, "pyb", kPybNames, profile.pyb);
    for (const std::string& name : profile.machine) {
        if (profile.flavour == Flavour::unix && is_among(kNotOnUnix, name)) {
            board.fail("machine", "'" + name + "' in 'machine' needs another flavour than 'unix'");
        }
    }
    if (profile.flavour != Flavour::stm32 && !profile.pyb.empty()) {
        board.fail("pyb", "only boards of the flavour 'stm32' have a module 'pyb'");
    }
}

Profile base_of(const TomlTable& board) {
    if (!board.has("base")) {
        return {};
    }
    std::string base;
    board.read("base", base);
    const KnownProfile* known = find_known(base);
    if (known == nullptr) {
        board.fail("base", "unknown board '" + base + "' as base; known are " + known_names());
    }
    return parse_profile(known->text, base + ".toml");
}

void read_board(const TomlTable& board, Profile& profile) {
    board.allow_only({"base",
                      "name",
                      "description",
                      "flavour",
                      "interpreter_lock",
                      "schedule_depth",
                      "thread_limit",
                      "thread_limit_error",
                      "default_stack",
                      "least_stack",
                      "timers",
                      "hardware_timers",
                      "pins",
                      "external_lines",
                      "interrupt_queue",
                      "most_timers",
                      "first_timer",
                      "last_timer",
                      "virtual_timers",
                      "reserved_timers",
                      "pin_list",
                      "named_pins",
                      "leds",
                      "led_active_low",
                      "switch_pin",
                      "machine",
                      "pyb"});
    board.read("name", profile.name);
    board.read("description", profile.description);
    profile.flavour =
        static_cast<Flavour>(board.choice("flavour", kFlavours, static_cast<std::size_t>(profile.flavour)));
    read_threads(board, profile);
    read_all_handlers(board, profile);
    read_timers(board, profile);
    read_pins(board, profile);
    board.read("named_pins", profile.named_pins);
    read_lights_and_switch(board, profile);
    read_modules(board, profile);
}

}  // namespace

const KnownProfile* find_known(std::string_view name) {
    for (const KnownProfile& known : kKnownProfiles) {
        if (known.name == name) {
            return &known;
        }
    }
    return nullptr;
}

std::string known_names() {
    std::vector<std::string_view> names;
    for (const KnownProfile& known : kKnownProfiles) {
        names.push_back(known.name);
    }
    return joined(names);
}

std::optional<PinId> find_pin(const Profile& profile, std::string_view name) {
    for (std::size_t pin = 0; pin < profile.pin_list.size(); ++pin) {
        const PinProfile& candidate = profile.pin_list[pin];
        const auto& aliases = candidate.aliases;
        if (candidate.name == name || std::find(aliases.begin(), aliases.end(), name) != aliases.end()) {
            return static_cast<PinId>(pin);
        }
    }
    return std::nullopt;
}

Profile parse_profile(std::string_view text, const std::string& file) {
    const toml::table root = parse_toml(text, file);
    const TomlTable board(root, file, "a board");
    Profile profile = base_of(board);
    profile.name = std::filesystem::path(file).stem().string();
    read_board(board, profile);
    return profile;
}

std::string_view profile_text(std::string_view name) {
    const KnownProfile* known = find_known(name);
    return known != nullptr ? known->text : std::string_view();
}

}  // namespace heddle::board
