// A view of the board on stderr while a program runs.
#pragma once

namespace heddle::host {

/// Starts it: on a terminal in its last lines, which the program's output then stays above of; elsewhere a
/// line whenever a pin or an LED has changed. On the main fiber. False if there is no memory for it.
[[nodiscard]] bool start_watch() noexcept;

/// Shows the last state, and gives the terminal back.
void end_watch() noexcept;

}  // namespace heddle::host
