#include "board/view.hpp"

#include <algorithm>
#include <cstdio>

namespace heddle::board {
namespace {

constexpr Time kMillisecond = 1'000'000;

PinId pin_of(const Profile& profile, const std::string& name) { return find_pin(profile, name).value(); }

bool is_led(const Profile& profile, const std::string& name) {
    return std::find(profile.leds.begin(), profile.leds.end(), name) != profile.leds.end();
}

bool is_in_use(const Pin& pin) {
    return pin.mode() != PinMode::input || pin.pull() != Pull::none || pin.watched() != Edges::none ||
           pin.driven() != Drive::released;
}

const char* name_of(PinMode mode) {
    switch (mode) {
        case PinMode::input:
            return "in";
        case PinMode::output:
            return "out";
        case PinMode::open_drain:
            break;
    }
    return "open";
}

std::vector<std::string> led_words(Board& board, const Profile& profile) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < profile.leds.size(); ++i) {
        const bool on = board.pin(pin_of(profile, profile.leds[i])).read() != profile.led_active_low;
        words.push_back((i == 0 ? "LED " : "") + std::to_string(i + 1) + (on ? " on" : " off"));
    }
    return words;
}

std::vector<std::string> pin_words(Board& board, const Profile& profile) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < profile.pin_list.size(); ++i) {
        const Pin& pin = board.pin(static_cast<PinId>(i));
        const std::string& name = profile.pin_list[i].name;
        if (!is_led(profile, name) && is_in_use(pin)) {
            words.push_back(name + " " + name_of(pin.mode()) + (pin.read() ? " 1" : " 0"));
        }
    }
    return words;
}

void add_lines(std::vector<std::string>& lines, const std::vector<std::string>& words, std::size_t width) {
    std::string line;
    for (const std::string& word : words) {
        if (!line.empty() && line.size() + 2 + word.size() > width) {
            lines.push_back(line);
            line.clear();
        }
        line += (line.empty() ? "" : ", ") + word;
    }
    if (!line.empty()) {
        lines.push_back(line);
    }
}

}  // namespace

std::vector<std::string> pin_lines(Board& board, const Profile& profile, std::size_t width) {
    std::vector<std::string> lines;
    add_lines(lines, led_words(board, profile), width);
    add_lines(lines, pin_words(board, profile), width);
    return lines;
}

std::string counter_line(const Board& board) {
    const auto milliseconds = board.now_ns() / kMillisecond;
    const Statistics counted = board.statistics();
    char text[160];
    std::snprintf(text, sizeof text, "%.3f s  fired %llu, late %llu, dropped %llu, deferred %llu",
                  static_cast<double>(milliseconds) / 1000, static_cast<unsigned long long>(counted.fired),
                  static_cast<unsigned long long>(counted.late),
                  static_cast<unsigned long long>(counted.dropped),
                  static_cast<unsigned long long>(counted.deferred));
    return text;
}

}  // namespace heddle::board
