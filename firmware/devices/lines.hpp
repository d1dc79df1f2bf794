// The lines that raise interrupts, and what is counted of them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "mpy/devices.hpp"

namespace heddle::firmware {

/// At once. Each has the line of its number.
inline constexpr std::size_t kTimers = 8;

/// Stops all timers: nobody has one, and none has a handler. For a thread.
void release_timers() noexcept;

/// For the statistics: so many deadlines were seen only when a later one of their timer had passed too.
void note_missed(std::uint64_t deadlines) noexcept;

/// The line's handler runs from now on: returns what active_line() was. In a handler.
[[nodiscard]] devices::Line enter_line(devices::Line line) noexcept;
/// As enter_line() returned it.
void leave_line(devices::Line interrupted) noexcept;

}  // namespace heddle::firmware
