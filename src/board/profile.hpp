// What one kind of board is: its handlers' contexts, its threads, its timers and pins. One TOML file each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "board/clock.hpp"
#include "board/interrupt_controller.hpp"
#include "board/pin.hpp"

namespace heddle::board {

/// Whose Python interface a board has.
enum class Flavour : std::uint8_t { unix, stm32, rp2, esp32, pycom };

/// Where a handler runs.
enum class Context : std::uint8_t {
    hard,       ///< at once, between two bytecodes of whatever runs; no heap
    scheduled,  ///< in turn, from micropython.schedule's queue
    thread,     ///< in the board's interrupt thread, from a queue of its own
};

/// What one kind of source (timers, pins) does unless a program says otherwise.
struct HandlerProfile {
    Context context = Context::scheduled;
    bool may_be_hard = false;  ///< the argument `hard=` exists
    Priority priority = 0;     ///< the lower, the more urgent

    friend bool operator==(const HandlerProfile&, const HandlerProfile&) = default;
};

struct PinProfile {
    std::string name;                  ///< the one that is printed
    std::vector<std::string> aliases;  ///< further names, that of the processor's pin for instance
    int number = -1;                   ///< what Pin(number) means; -1: this pin has none
    bool input_only = false;           ///< it cannot be an output

    friend bool operator==(const PinProfile&, const PinProfile&) = default;
};

struct Profile {
    std::string name;
    std::string description;  ///< one line
    Flavour flavour = Flavour::unix;

    bool interpreter_lock = true;
    std::size_t schedule_depth = 4;  ///< of micropython.schedule
    std::size_t thread_limit = 0;    ///< beside the main one; 0: no limit
    std::string
        thread_limit_error;  ///< what starting one more says, "core1 in use" for instance; may be empty
    std::size_t default_stack = 0;  ///< of a thread, in the board's bytes; 0: heddle's own
    std::size_t least_stack = 4096;

    HandlerProfile timers;            ///< machine.Timer, or Pycom's alarms
    HandlerProfile hardware_timers;   ///< pyb.Timer
    HandlerProfile pins;              ///< machine.Pin
    HandlerProfile external_lines;    ///< pyb.ExtInt, pyb.Switch
    std::size_t interrupt_queue = 0;  ///< places in the interrupt thread's queue, where it has one

    std::size_t most_timers = 0;  ///< that may exist at once, virtual ones included
    int first_timer = 0;          ///< the numbers that Timer(number) accepts, both included
    int last_timer = -1;
    bool virtual_timers = false;  ///< Timer(-1), and Timer() without a number
    std::vector<int> reserved_timers;

    std::vector<PinProfile> pin_list;  ///< a pin's identifier is its place here
    bool named_pins = true;            ///< Pin('name') is accepted; otherwise numbers only
    std::vector<std::string> leds;     ///< names of pins, aliases too; pyb.LED(1) is the first
    bool led_active_low = false;
    std::string switch_pin;  ///< pyb.Switch; low when pressed. Empty: none

    std::vector<std::string> machine;  ///< what the module has
    std::vector<std::string> pyb;      ///< likewise; empty: there is no such module

    friend bool operator==(const Profile&, const Profile&) = default;
};

/// By name or alias.
[[nodiscard]] std::optional<PinId> find_pin(const Profile& profile, std::string_view name);

/// What is wrong with a file, in one line: `FILE:LINE: ...`.
class FileError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The boards that come with heddle, in the order of their names.
[[nodiscard]] const std::vector<Profile>& known_profiles();

/// The TOML of a board that comes with heddle; empty if there is none of that name.
[[nodiscard]] std::string_view profile_text(std::string_view name);

/// `name_or_file`: the name of a board that comes with heddle, or a file's path, recognised by a '/' or a
/// '.' in it. Throws FileError: unknown names list the known ones.
[[nodiscard]] Profile load_profile(const std::string& name_or_file);

/// `file` is for messages. Throws FileError.
[[nodiscard]] Profile parse_profile(std::string_view text, const std::string& file);

}  // namespace heddle::board
