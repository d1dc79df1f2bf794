#include "board/scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "board/scene_time.hpp"
#include "board/toml_table.hpp"

namespace heddle::board {
namespace {

constexpr std::int64_t kMostEvents = 1'000'000;
constexpr Time kMillisecondNs = 1'000'000;

constexpr std::array<std::string_view, 3> kLevels = {"released", "low", "high"};

Drive drive_to(bool high) { return high ? Drive::high : Drive::low; }

class SceneReader {
  public:
    SceneReader(const TomlTable& root, const Profile& profile) : root_(root), profile_(profile) {}

    Scene read() {
        root_.allow_only({"seed", "timers", "edges", "button", "encoder", "square"});
        root_.read("seed", scene_.seed, 0, INT64_MAX);
        random_ = Random(scene_.seed);
        const TomlTable timers = root_.table("timers", "timers");
        timers.allow_only({"jitter"});
        scene_.timer_jitter_ns = timers.has("jitter") ? time(timers, "jitter") : 0;
        read_all("edges", "an edge", &SceneReader::read_edge);
        read_all("button", "a button", &SceneReader::read_button);
        read_all("encoder", "an encoder", &SceneReader::read_encoder);
        read_all("square", "a square wave", &SceneReader::read_square);
        std::ranges::stable_sort(scene_.events, {}, &SceneEvent::at);
        return std::move(scene_);
    }

  private:
    void read_all(std::string_view field, std::string_view what,
                  void (SceneReader::*read_one)(const TomlTable&)) {
        for (const TomlTable& table : root_.tables(field, what)) {
            (this->*read_one)(table);
        }
    }

    void read_edge(const TomlTable& table) {
        table.allow_only({"at", "pin", "level"});
        table.demand({"at", "pin", "level"});
        add(table, time(table, "at"), pin(table, "pin"), level(table));
    }

    void read_button(const TomlTable& table) {
        table.allow_only({"pin", "press", "hold", "bounces", "bounce_time", "active_low"});
        table.demand({"pin", "press"});
        Button button{.table = table, .pin = pin(table, "pin")};
        button.hold_ns = table.has("hold") ? time(table, "hold") : button.hold_ns;
        table.read("bounces", button.bounces, 0, 1'000);
        button.bounce_ns = table.has("bounce_time") ? time(table, "bounce_time") : button.bounce_ns;
        table.read("active_low", button.active_low);
        if (button.bounces > 0 && button.bounce_ns >= button.hold_ns) {
            table.fail("bounce_time",
                       "'bounce_time' must be below 'hold', which is " + format_time(button.hold_ns));
        }
        add(table, 0, button.pin, drive_to(button.active_low));
        Time free_at = 0;
        for (const Time press : times(table, "press")) {
            if (press < free_at) {
                table.fail("press", "a press at " + format_time(press) + " begins before the last one ends");
            }
            move_button(button, press, true);
            move_button(button, after(press, button.hold_ns), false);
            free_at = after(after(press, button.hold_ns), button.bounces > 0 ? button.bounce_ns : 0);
        }
    }

    void read_encoder(const TomlTable& table) {
        table.allow_only({"a", "b", "start", "steps", "step_time"});
        table.demand({"a", "b", "steps"});
        const PinId a = pin(table, "a"), b = pin(table, "b");
        if (a == b) {
            table.fail("b", "an encoder's pins 'a' and 'b' must be two");
        }
        const Time start = table.has("start") ? time(table, "start") : 0;
        const Time step_ns = table.has("step_time") ? positive_time(table, "step_time") : kMillisecondNs;
        std::int64_t steps = 0;
        table.read("steps", steps, -kMostEvents, kMostEvents);
        auto [state, is_new] = encoders_.try_emplace({a, b}, 0);
        if (is_new) {
            add(table, 0, a, Drive::low);
            add(table, 0, b, Drive::low);
        }
        Time at = start;
        for (std::int64_t step = 0; step < std::abs(steps); ++step) {
            turn_encoder(table, at, {a, b}, state->second, steps > 0);
            at = after(at, step_ns);
        }
    }

    void read_square(const TomlTable& table) {
        table.allow_only({"pin", "start", "period", "count"});
        table.demand({"pin", "period", "count"});
        const PinId square = pin(table, "pin");
        const Time period_ns = time(table, "period");
        if (period_ns < 2) {
            table.fail("period", "'period' must be at least 2ns");
        }
        std::int64_t count = 0;
        table.read("count", count, 1, kMostEvents);
        add(table, 0, square, Drive::low);
        Time at = table.has("start") ? time(table, "start") : 0;
        for (std::int64_t i = 0; i < count; ++i) {
            add(table, at, square, Drive::high);
            add(table, after(at, period_ns / 2), square, Drive::low);
            at = after(at, period_ns);
        }
    }

    struct Button {
        const TomlTable& table;
        PinId pin = 0;
        Time hold_ns = 100 * kMillisecondNs;
        int bounces = 0;
        Time bounce_ns = 5 * kMillisecondNs;
        bool active_low = true;
    };

    /// The contact closes or opens, and bounces after that: each bounce is a way back and a way there.
    void move_button(const Button& button, Time at, bool pressed) {
        const Drive there = drive_to(pressed != button.active_low),
                    back = drive_to(pressed == button.active_low);
        std::vector<Time> edges;
        for (int edge = 0; edge < 2 * button.bounces; ++edge) {
            edges.push_back(random_.up_to(button.bounce_ns));
        }
        std::ranges::sort(edges);
        add(button.table, at, button.pin, there);
        for (std::size_t edge = 0; edge < edges.size(); ++edge) {
            add(button.table, after(at, edges[edge]), button.pin, edge % 2 == 0 ? back : there);
        }
    }

    using PinPair = std::pair<PinId, PinId>;

    /// Gray code: forwards `a` changes before `b`, backwards after it. `phase` counts quarters of a cycle.
    void turn_encoder(const TomlTable& table, Time at, PinPair pins, int& phase, bool forwards) {
        constexpr std::array<std::pair<bool, bool>, 4> kGray = {
            {{false, false}, {true, false}, {true, true}, {false, true}}};
        const auto before = kGray[static_cast<std::size_t>(phase)];
        phase = (phase + (forwards ? 1 : 3)) % 4;
        const auto now = kGray[static_cast<std::size_t>(phase)];
        if (now.first != before.first) {
            add(table, at, pins.first, drive_to(now.first));
        } else {
            add(table, at, pins.second, drive_to(now.second));
        }
    }

    void add(const TomlTable& table, Time at, PinId pin, Drive drive) {
        if (at == kNever) {
            table.fail("", "an event is later than time can tell");
        }
        if (std::cmp_greater_equal(scene_.events.size(), kMostEvents)) {
            table.fail("", "a scene has at most " + std::to_string(kMostEvents) + " events");
        }
        scene_.events.push_back({at, pin, drive});
    }

    PinId pin(const TomlTable& table, std::string_view field) const {
        std::string name;
        const toml::node* node = table.node(field);
        if (node->is_integer()) {
            return numbered_pin(table, field, node->as_integer()->get());
        }
        table.read(field, name);
        const auto found = find_pin(profile_, name);
        if (!found) {
            table.fail(field, no_pin("'" + name + "'"));
        }
        return *found;
    }

    PinId numbered_pin(const TomlTable& table, std::string_view field, std::int64_t number) const {
        const auto& pins = profile_.pin_list;
        const auto found = std::ranges::find(pins, number, &PinProfile::number);
        if (number < 0 || found == pins.end()) {
            table.fail(field, no_pin(std::to_string(number)));
        }
        return static_cast<PinId>(found - pins.begin());
    }

    std::string no_pin(const std::string& pin) const {
        std::vector<std::string_view> names;
        for (const PinProfile& known : profile_.pin_list) {
            names.push_back(known.name);
        }
        return "the board '" + profile_.name + "' has no pin " + pin + "; " +
               (names.empty() ? "it has none at all" : "it has " + joined(names));
    }

    static Drive level(const TomlTable& table) {
        const toml::node* node = table.node("level");
        if (node->is_integer() && (node->as_integer()->get() | 1) == 1) {
            return drive_to(node->as_integer()->get() == 1);
        }
        const auto* given = node->as_string();
        const auto found = std::ranges::find(kLevels, given != nullptr ? given->get() : "");
        if (found == kLevels.end()) {
            table.fail("level", "'level' must be 0, 1, \"low\", \"high\" or \"released\"");
        }
        return static_cast<Drive>(found - kLevels.begin());
    }

    static Time time(const TomlTable& table, std::string_view field) {
        return time_of(table, field, *table.node(field));
    }

    static Time positive_time(const TomlTable& table, std::string_view field) {
        const Time found = time(table, field);
        if (found == 0) {
            table.fail(field, "'" + std::string(field) + "' must be more than 0");
        }
        return found;
    }

    static std::vector<Time> times(const TomlTable& table, std::string_view field) {
        const toml::node& node = *table.node(field);
        if (!node.is_array()) {
            return {time_of(table, field, node)};
        }
        std::vector<Time> all;
        for (const toml::node& element : *node.as_array()) {
            all.push_back(time_of(table, field, element));
        }
        return all;
    }

    static Time time_of(const TomlTable& table, std::string_view field, const toml::node& node) {
        std::optional<Time> found;
        if (node.is_string()) {
            found = parse_time(node.as_string()->get());
        } else if (node.is_integer()) {
            found = milliseconds(static_cast<double>(node.as_integer()->get()));
        } else if (node.is_floating_point()) {
            found = milliseconds(node.as_floating_point()->get());
        }
        if (!found) {
            table.fail(field,
                       "'" + std::string(field) +
                           "' must be a time, not negative: \"1.5s\", \"10ms\", \"250us\", \"40ns\", or "
                           "a number of milliseconds");
        }
        return *found;
    }

    static std::optional<Time> milliseconds(double number) {
        // A hundred years: beyond that a double is no longer exact enough.
        constexpr double kMost = 3.2e12;
        return number >= 0 && number <= kMost ? std::optional<Time>(std::llround(number * kMillisecondNs))
                                              : std::nullopt;
    }

    const TomlTable& root_;
    const Profile& profile_;
    Scene scene_;
    Random random_{0};
    std::map<PinPair, int> encoders_;
};

}  // namespace

Scene parse_scene(std::string_view text, const std::string& file, const Profile& profile) {
    const toml::table root = parse_toml(text, file);
    const TomlTable table(root, file, "a scene");
    return SceneReader(table, profile).read();
}

Scene load_scene(const std::string& path, const Profile& profile) {
    return parse_scene(read_text_file(path), path, profile);
}

std::string write_scene(const Scene& scene, const Profile& profile) {
    std::string text = "seed = " + std::to_string(scene.seed) + "\n\nedges = [\n";
    for (const SceneEvent& event : scene.events) {
        require(event.pin < profile.pin_list.size(), "a scene with a pin that its board has not");
        const std::string level(kLevels[static_cast<std::size_t>(event.drive)]);
        text += "    { at = \"" + format_time(event.at) + "\", pin = \"" + profile.pin_list[event.pin].name +
                "\", level = \"" + level + "\" },\n";
    }
    return text + "]\n\n[timers]\njitter = \"" + format_time(scene.timer_jitter_ns) + "\"\n";
}

void play(const Scene& scene, Board& board) {
    board.play(scene.events);
    board.timers().set_jitter(scene.timer_jitter_ns, scene.seed);
}

}  // namespace heddle::board
