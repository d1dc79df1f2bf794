#include "program/board.hpp"

#include <algorithm>

#include "host/simulated_board.hpp"
#include "mpy/handlers.hpp"
#include "thread/scheduler.hpp"

namespace heddle::program {
namespace {

using board::Edges;

/// What a program can say of a line while it is armed: when it fires, at what, and what runs then.
std::uint64_t setup_of(board::SourceId line, std::uint64_t when) noexcept {
    std::uint64_t setup = when * 31;
    if (const mpy::Handler* handler = mpy::handler_of(line); handler != nullptr) {
        setup += reinterpret_cast<std::uintptr_t>(handler->function) * 7 +
                 static_cast<std::uint64_t>(handler->context) + 1;
    }
    return setup;
}

/// Is the pin's line one that fires as the search says? An output makes its edges itself, the program makes
/// those of a pin whose line outside it has, and one that was disabled has lost them.
bool fires_by_itself(const board::Pin& pin) noexcept {
    return pin.watched() != Edges::none && pin.mode() != board::PinMode::output &&
           !pin.is_connected_to_program() && host::the_board().interrupts().is_enabled(pin.source());
}

void add_timers(std::vector<ExploredLine>& lines) {
    const board::TimerQueue& timers = host::the_board().timers();
    for (std::size_t i = 0; i < timers.timers(); ++i) {
        const auto timer = static_cast<board::TimerId>(i);
        if (timers.is_armed(timer)) {
            lines.push_back({timers.source(timer), timers.is_periodic(timer),
                             setup_of(timers.source(timer), timers.counters(timer).started)});
        }
    }
}

void add_pins(std::vector<ExploredLine>& lines) {
    for (std::size_t i = 0; i < host::the_board().pins(); ++i) {
        const board::Pin& pin = host::the_board().pin(static_cast<board::PinId>(i));
        if (fires_by_itself(pin)) {
            lines.push_back(
                {pin.source(), true, setup_of(pin.source(), static_cast<std::uint64_t>(pin.watched()))});
        }
    }
}

void expire_timer_of(board::SourceId line) noexcept {
    board::TimerQueue& timers = host::the_board().timers();
    for (std::size_t i = 0; i < timers.timers(); ++i) {
        const auto timer = static_cast<board::TimerId>(i);
        if (timers.source(timer) == line && timers.is_armed(timer)) {
            timers.expire(timer);
            return;
        }
    }
}

/// Drives the pin so that an edge comes that is watched.
void make_edge_of(board::SourceId line) noexcept {
    for (std::size_t i = 0; i < host::the_board().pins(); ++i) {
        board::Pin& pin = host::the_board().pin(static_cast<board::PinId>(i));
        if (pin.source() != line) {
            continue;
        }
        const bool to_high = pin.watched() == Edges::rising || (pin.watched() == Edges::both && !pin.read());
        pin.drive(to_high ? board::Drive::low : board::Drive::high);
        host::the_board().interrupts().clear(line);
        pin.drive(to_high ? board::Drive::high : board::Drive::low);
        return;
    }
}

}  // namespace

void find_armed_lines(std::vector<ExploredLine>& lines) {
    add_timers(lines);
    add_pins(lines);
}

bool is_armed(const std::vector<ExploredLine>& armed, board::SourceId line) noexcept {
    return std::any_of(armed.begin(), armed.end(),
                       [line](const ExploredLine& one) { return one.line == line; });
}

bool is_any_line_armed() noexcept {
    if (host::the_board().timers().next_deadline() != board::kNever) {
        return true;
    }
    for (std::size_t i = 0; i < host::the_board().pins(); ++i) {
        if (fires_by_itself(host::the_board().pin(static_cast<board::PinId>(i)))) {
            return true;
        }
    }
    return false;
}

bool is_of_pin(board::SourceId line) noexcept {
    for (std::size_t i = 0; i < host::the_board().pins(); ++i) {
        if (host::the_board().pin(static_cast<board::PinId>(i)).source() == line) {
            return true;
        }
    }
    return false;
}

bool is_any_line_raised() noexcept {
    return host::board_is_in_use() && host::the_board().interrupts().next() != board::kNoSource;
}

void serve_raised_lines() noexcept {
    for (board::SourceId line = host::the_board().interrupts().next(); line != board::kNoSource;
         line = host::the_board().interrupts().next()) {
        host::serve_line(line);
    }
}

bool may_fire(board::SourceId line) noexcept { return host::the_board().interrupts().may_enter(line); }

port::Instant deadline_of(board::SourceId line) noexcept {
    const board::TimerQueue& timers = host::the_board().timers();
    for (std::size_t i = 0; i < timers.timers(); ++i) {
        const auto timer = static_cast<board::TimerId>(i);
        if (timers.source(timer) == line && timers.is_armed(timer)) {
            return port::deadline_after(thread::now(), timers.deadline(timer) - host::the_board().now_ns());
        }
    }
    return port::kForever;
}

void fire_line(board::SourceId line) noexcept {
    expire_timer_of(line);
    if (!host::the_board().interrupts().is_pending(line)) {
        make_edge_of(line);
    }
    if (host::the_board().interrupts().is_pending(line)) {
        host::serve_line(line);
    }
    serve_raised_lines();
}

}  // namespace heddle::program
