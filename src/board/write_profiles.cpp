// Run by the build: writes make_known() of known_profiles.hpp on standard output.
#include <cstdio>
#include <iostream>

#include "board/known_profiles.hpp"

namespace heddle::board {
namespace {

std::string text(const std::string& value) { return "R\"~~(" + value + ")~~\""; }

std::string truth(bool value) { return value ? "true" : "false"; }

std::string list(const std::vector<std::string>& values) {
    std::string all = "{";
    for (const std::string& value : values) {
        all += text(value) + ", ";
    }
    return all + "}";
}

std::string list(const std::vector<int>& values) {
    std::string all = "{";
    for (const int value : values) {
        all += std::to_string(value) + ", ";
    }
    return all + "}";
}

std::string handlers(const HandlerProfile& profile) {
    return "{static_cast<Context>(" + std::to_string(static_cast<int>(profile.context)) + "), " +
           truth(profile.may_be_hard) + ", " + std::to_string(profile.priority) + "}";
}

void write_field(const char* name, const std::string& value) {
    std::cout << "            profile." << name << " = " << value << ";\n";
}

void write_pins(const std::vector<PinProfile>& pins) {
    std::cout << "            profile.pin_list.reserve(" << pins.size() << ");\n";
    for (const PinProfile& pin : pins) {
        std::cout << "            profile.pin_list.push_back({" << text(pin.name) << ", " << list(pin.aliases)
                  << ", " << pin.number << ", " << truth(pin.input_only) << "});\n";
    }
}

void write_profile(std::size_t index, const Profile& profile) {
    std::cout << "        case " << index << ":\n";
    write_field("name", text(profile.name));
    write_field("description", text(profile.description));
    write_field("flavour", "static_cast<Flavour>(" + std::to_string(static_cast<int>(profile.flavour)) + ")");
    write_field("interpreter_lock", truth(profile.interpreter_lock));
    write_field("schedule_depth", std::to_string(profile.schedule_depth));
    write_field("thread_limit", std::to_string(profile.thread_limit));
    write_field("thread_limit_error", text(profile.thread_limit_error));
    write_field("default_stack", std::to_string(profile.default_stack));
    write_field("least_stack", std::to_string(profile.least_stack));
    write_field("timers", handlers(profile.timers));
    write_field("hardware_timers", handlers(profile.hardware_timers));
    write_field("pins", handlers(profile.pins));
    write_field("external_lines", handlers(profile.external_lines));
    write_field("interrupt_queue", std::to_string(profile.interrupt_queue));
    write_field("most_timers", std::to_string(profile.most_timers));
    write_field("first_timer", std::to_string(profile.first_timer));
    write_field("last_timer", std::to_string(profile.last_timer));
    write_field("virtual_timers", truth(profile.virtual_timers));
    write_field("reserved_timers", list(profile.reserved_timers));
    write_pins(profile.pin_list);
    write_field("named_pins", truth(profile.named_pins));
    write_field("leds", list(profile.leds));
    write_field("led_active_low", truth(profile.led_active_low));
    write_field("switch_pin", text(profile.switch_pin));
    write_field("machine", list(profile.machine));
    write_field("pyb", list(profile.pyb));
    std::cout << "            break;\n";
}

void write_all() {
    std::cout << "#include \"board/known_profiles.hpp\"\n\nnamespace heddle::board {\n\n"
                 "Profile make_known(std::size_t index) {\n    Profile profile;\n    switch (index) {\n";
    for (std::size_t i = 0; i < kKnownProfiles.size(); ++i) {
        const KnownProfile& known = kKnownProfiles[i];
        write_profile(i, parse_profile(known.text, std::string(known.name) + ".toml"));
    }
    std::cout << "        default:\n            break;\n    }\n    return profile;\n}\n\n}  // namespace "
                 "heddle::board\n";
}

}  // namespace
}  // namespace heddle::board

int main() {
    try {
        heddle::board::write_all();
    } catch (const heddle::board::FileError& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
