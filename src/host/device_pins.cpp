// The pins of mpy/devices.hpp, over the simulated board.
#include <algorithm>
#include <string_view>

#include "host/simulated_board.hpp"
#include "mpy/devices.hpp"
#include "thread/control.hpp"

namespace heddle::devices {
namespace {

using host::board_profile;
using host::notice_board;
using host::the_board;

const std::vector<board::PinProfile>& list() noexcept { return board_profile().pin_list; }

template <class Predicate>
PinId find(Predicate&& predicate) noexcept {
    const auto found = std::find_if(list().begin(), list().end(), predicate);
    return found == list().end() ? kNoPin : static_cast<PinId>(found - list().begin());
}

PinId find_name(std::string_view name) noexcept {
    const PinId pin = find([name](const board::PinProfile& pin) { return pin.name == name; });
    return pin != kNoPin ? pin : find([name](const board::PinProfile& pin) {
        return std::find(pin.aliases.begin(), pin.aliases.end(), name) != pin.aliases.end();
    });
}

}  // namespace

std::size_t pins() noexcept { return list().size(); }

PinId pin_named(const char* name, std::size_t length) noexcept { return find_name({name, length}); }

PinId pin_numbered(std::int64_t number) noexcept {
    return number < 0 ? kNoPin
                      : find([number](const board::PinProfile& pin) { return pin.number == number; });
}

PinId led_pin(std::size_t led) noexcept { return find_name(board_profile().leds[led]); }

PinId switch_pin() noexcept { return find_name(board_profile().switch_pin); }

const char* pin_name(PinId pin) noexcept { return list()[pin].name.c_str(); }

const char* pin_alias(PinId pin, std::size_t i) noexcept {
    return i < list()[pin].aliases.size() ? list()[pin].aliases[i].c_str() : nullptr;
}

int pin_number(PinId pin) noexcept { return list()[pin].number; }

bool is_input_only(PinId pin) noexcept { return list()[pin].input_only; }

void configure_pin(PinId pin, PinMode mode, Pull pull) noexcept {
    the_board().pin(pin).configure(static_cast<board::PinMode>(mode), static_cast<board::Pull>(pull));
    notice_board();
}

PinMode pin_mode(PinId pin) noexcept { return static_cast<PinMode>(the_board().pin(pin).mode()); }

Pull pin_pull(PinId pin) noexcept { return static_cast<Pull>(the_board().pin(pin).pull()); }

void write_pin(PinId pin, bool high) noexcept {
    the_board().pin(pin).write(high);
    notice_board();
}

bool pin_output(PinId pin) noexcept { return the_board().pin(pin).written(); }

bool read_pin(PinId pin) noexcept {
    // What a scene does until now has been done. Where a search decides, timers fire when it says so.
    if (!thread::is_controlled()) {
        the_board().poll();
    }
    return the_board().pin(pin).read();
}

void connect_to_program(PinId pin) noexcept { the_board().pin(pin).connect_to_program(); }

void drive_pin(PinId pin, Drive drive) noexcept {
    host::drive_from_outside(pin, static_cast<board::Drive>(drive));
}

void watch_pin(PinId pin, Edges edges) noexcept {
    host::note_board_use();
    board::Pin& watched = the_board().pin(pin);
    watched.watch(static_cast<board::Edges>(edges));
    the_board().interrupts().clear(watched.source());
    if (edges == Edges::none) {
        the_board().interrupts().disable(watched.source());
    } else {
        the_board().interrupts().enable(watched.source());
    }
}

Edges take_edges(PinId pin) noexcept { return static_cast<Edges>(the_board().pin(pin).take_edges()); }

Line line_of_pin(PinId pin) noexcept { return the_board().pin(pin).source(); }

}  // namespace heddle::devices
