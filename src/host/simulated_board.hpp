// The simulated board under the interpreter: serves its interrupts between bytecodes, and while nobody runs.
#pragma once

#include "board/board.hpp"
#include "board/profile.hpp"
#include "board/scene.hpp"
#include "port/port.hpp"

namespace heddle::host {

/// Makes the board; from now on the scene plays. Once a process, before the interpreter starts. False if the
/// system has no timer to give.
[[nodiscard]] bool make_board(const board::Profile& profile, const board::Scene& scene) noexcept;

/// Starts what serves interrupts while no bytecode runs. On the main fiber, once. False if there is no memory
/// for it.
[[nodiscard]] bool start_board() noexcept;

/// The handler of a pending line that may enter: runs, or is queued. On a fiber.
void serve_line(board::SourceId line) noexcept;

/// Has any execution touched it, by notice_board() or note_board_use()?
[[nodiscard]] bool board_is_in_use() noexcept;
void note_board_use() noexcept;

/// No interrupt is served from now on.
void stop_board() noexcept;

[[nodiscard]] board::Board& the_board() noexcept;
[[nodiscard]] const board::Profile& board_profile() noexcept;

/// What the program does to a pin as if it were outside the board.
void drive_from_outside(board::PinId pin, board::Drive drive) noexcept;

/// The scene until now, and what drive_from_outside() did.
[[nodiscard]] board::Scene what_happened();

/// After each change of the board that can raise an interrupt, unmask one, or move the next deadline.
void notice_board() noexcept;

/// When there is something to serve, if nothing changes before; port::kForever if never.
[[nodiscard]] port::Instant next_board_event() noexcept;

/// Serves what is due, as between two bytecodes.
void serve_interrupts() noexcept;

/// Has disable_irq() kept other threads out as well? Not where they have a core of their own.
[[nodiscard]] bool mask_keeps_threads_out() noexcept;

/// Has disable_irq() kept them all out?
[[nodiscard]] bool interrupts_are_disabled() noexcept;

/// Waits until an interrupt was served, or for `most_ns`. For a thread that may wait.
void wait_for_interrupt(board::Time most_ns) noexcept;

}  // namespace heddle::host
