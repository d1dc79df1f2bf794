// The board of an explored program: its interrupts come when the search says so.
#pragma once

#include <cstddef>
#include <vector>

#include "board/interrupt_controller.hpp"
#include "port/port.hpp"

namespace heddle::program {

/// A line that may fire: a timer that runs, a pin that is watched.
struct ExploredLine {
    board::SourceId line;
    bool periodic;        ///< it can fire again without being armed anew
    std::uint64_t setup;  ///< another one when it has been set up anew
};

/// Adds the lines that are armed, in the order of their numbers.
void find_armed_lines(std::vector<ExploredLine>& lines);

[[nodiscard]] bool is_armed(const std::vector<ExploredLine>& armed, board::SourceId line) noexcept;
[[nodiscard]] bool is_any_line_armed() noexcept;

/// Does the line watch a pin, whose level changes with each firing?
[[nodiscard]] bool is_of_pin(board::SourceId line) noexcept;

/// Has the program raised a line itself, as by an edge of an output, whose handler may run now? It does
/// before anything else.
[[nodiscard]] bool is_any_line_raised() noexcept;
/// Runs the handlers of all such lines. On a fiber.
void serve_raised_lines() noexcept;

/// May the line's handler run now, if the line is armed?
[[nodiscard]] bool may_fire(board::SourceId line) noexcept;

/// When a timer that raises the line expires; kForever if none does.
[[nodiscard]] port::Instant deadline_of(board::SourceId line) noexcept;

/// The line's hardware does what raises it, and its handler runs, or is queued; then those of lines that
/// it has raised and that had to wait for its end. On a fiber.
void fire_line(board::SourceId line) noexcept;

}  // namespace heddle::program
