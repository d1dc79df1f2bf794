// What the Python faces of a board's hardware need of it. Whoever builds this room defines these functions:
// host/ over the simulated board, firmware/ over hardware.
//
// All are for the thread that runs, and for its interrupt handlers; nothing here waits, allocates or raises.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heddle::devices {

/// Nanoseconds: since the board was switched on, or a span.
using Time = std::int64_t;

/// What raises interrupts: a timer, a pin.
using Line = std::uint16_t;
using TimerId = std::uint16_t;
using PinId = std::uint16_t;

inline constexpr Line kNoLine = UINT16_MAX;
inline constexpr TimerId kNoTimer = UINT16_MAX;
inline constexpr PinId kNoPin = UINT16_MAX;

/// Whose Python interface a board has.
enum class Flavour : std::uint8_t { unix, stm32, rp2, esp32, pycom };

/// Where a handler runs.
enum class Context : std::uint8_t {
    hard,       ///< at once, between two bytecodes of whatever runs; no heap
    scheduled,  ///< in turn, from micropython.schedule's queue
    thread,     ///< in the board's interrupt thread, from a queue of its own
};

/// Of one kind of line, unless a program says otherwise.
struct HandlerFacts {
    Context context = Context::scheduled;
    bool may_be_hard = false;   ///< the argument `hard=` exists
    std::uint8_t priority = 0;  ///< as set_priority() takes it
};

struct Facts {
    const char* name = "";
    Flavour flavour = Flavour::unix;
    HandlerFacts timers;           ///< machine.Timer, or Pycom's alarms
    HandlerFacts hardware_timers;  ///< pyb.Timer
    HandlerFacts pins;             ///< machine.Pin
    HandlerFacts external_lines;   ///< pyb.ExtInt, pyb.Switch
    int first_timer = 0;           ///< the numbers of Timer(number), both included
    int last_timer = -1;
    bool virtual_timers = false;      ///< Timer(-1), and Timer() without a number
    std::size_t most_timers = 0;      ///< at once
    std::size_t interrupt_queue = 0;  ///< places in the interrupt thread's queue
    std::size_t leds = 0;
    bool led_active_low = false;
    bool named_pins = true;  ///< Pin('name') is accepted
    /// What a hard handler may use of the stack beyond the limit of the thread that it interrupts.
    std::size_t hard_stack_bytes = 0;
};

[[nodiscard]] const Facts& facts() noexcept;

/// Does the board's `module` ("machine", "pyb") have `name`?
[[nodiscard]] bool offers(const char* module, const char* name) noexcept;

[[nodiscard]] Time now_ns() noexcept;

// ---- interrupts

/// Lines are 0 to lines() - 1, at the most.
[[nodiscard]] std::size_t lines() noexcept;

/// Keeps every handler, and every other thread where the board's threads share a core, from running. Were
/// they enabled?
bool disable_interrupts() noexcept;
/// As disable_interrupts() found it.
void restore_interrupts(bool enabled) noexcept;
[[nodiscard]] bool interrupts_enabled() noexcept;

/// As if the hardware raised the line, or withdrew what it raised. A line counts raises only while enabled.
void raise_line(Line line) noexcept;
void enable_line(Line line) noexcept;
void disable_line(Line line) noexcept;
void set_priority(Line line, std::uint8_t priority) noexcept;

/// For the statistics: the line's callback was lost at a full queue; its handler put the work off.
void note_dropped(Line line) noexcept;
void note_deferred(Line line) noexcept;
/// The line whose hard handler runs, the innermost one; kNoLine in a thread.
[[nodiscard]] Line active_line() noexcept;

/// For C code that waits without a bytecode: runs the handlers that a bytecode would be preempted by.
void serve_interrupts() noexcept;

/// Of all lines, since the board was switched on.
struct Statistics {
    std::uint64_t fired = 0;     ///< handlers that ran
    std::uint64_t late = 0;      ///< timers' deadlines that were seen late
    std::uint64_t dropped = 0;   ///< interrupts that found their line pending, or a queue full
    std::uint64_t deferred = 0;  ///< handlers that put their work off
};
[[nodiscard]] Statistics statistics() noexcept;

// ---- timers

/// Is `number` one of the board's hardware timers?
[[nodiscard]] bool has_timer(int number) noexcept;

/// One that nobody has, not running; kNoTimer when all are taken. `wanted`, which the caller had before, if
/// it can be.
[[nodiscard]] TimerId claim_timer(TimerId wanted = kNoTimer) noexcept;
void release_timer(TimerId timer) noexcept;
[[nodiscard]] Line line_of_timer(TimerId timer) noexcept;

/// Expires `period_ns` from now, and then, if `periodic`, each period later. Preconditions: the period is
/// positive.
void start_timer(TimerId timer, Time period_ns, bool periodic) noexcept;
/// Periodic; as if started at `start_ns`, which may be past.
void start_timer_from(TimerId timer, Time start_ns, Time period_ns) noexcept;
/// An interrupt that it has raised and that has not been served is withdrawn.
void stop_timer(TimerId timer) noexcept;
[[nodiscard]] bool is_running(TimerId timer) noexcept;
/// When it expires next, as now_ns(); INT64_MAX if it does not run.
[[nodiscard]] Time deadline_ns(TimerId timer) noexcept;

// ---- pins

enum class PinMode : std::uint8_t { input, output, open_drain };
enum class Pull : std::uint8_t { none, up, down };
enum class Drive : std::uint8_t { released, low, high };
/// A set.
enum class Edges : std::uint8_t { none = 0, rising = 1, falling = 2, both = 3 };

/// Pins are 0 to pins() - 1.
[[nodiscard]] std::size_t pins() noexcept;
/// By the board's name for it, an alias, or its number; kNoPin if there is none.
[[nodiscard]] PinId pin_named(const char* name, std::size_t length) noexcept;
[[nodiscard]] PinId pin_numbered(std::int64_t number) noexcept;
/// `led` counts from 0.
[[nodiscard]] PinId led_pin(std::size_t led) noexcept;
[[nodiscard]] PinId switch_pin() noexcept;
[[nodiscard]] const char* pin_name(PinId pin) noexcept;
/// The i-th alias of the pin; null if there are not so many.
[[nodiscard]] const char* pin_alias(PinId pin, std::size_t i) noexcept;
/// -1 if it has none.
[[nodiscard]] int pin_number(PinId pin) noexcept;

[[nodiscard]] bool is_input_only(PinId pin) noexcept;

void configure_pin(PinId pin, PinMode mode, Pull pull) noexcept;
[[nodiscard]] PinMode pin_mode(PinId pin) noexcept;
[[nodiscard]] Pull pin_pull(PinId pin) noexcept;
void write_pin(PinId pin, bool high) noexcept;
[[nodiscard]] bool pin_output(PinId pin) noexcept;  ///< what was written last
[[nodiscard]] bool read_pin(PinId pin) noexcept;    ///< the level
/// The program has the line outside the pin. Where a search makes edges, it makes none of this pin's own.
void connect_to_program(PinId pin) noexcept;
/// From outside the board.
void drive_pin(PinId pin, Drive drive) noexcept;

/// The edges that raise the pin's line from now on; enables or disables the line. An interrupt that has been
/// raised and not been served is withdrawn.
void watch_pin(PinId pin, Edges edges) noexcept;
/// The watched edges since the last call.
[[nodiscard]] Edges take_edges(PinId pin) noexcept;
[[nodiscard]] Line line_of_pin(PinId pin) noexcept;

}  // namespace heddle::devices
