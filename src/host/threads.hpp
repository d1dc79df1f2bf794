// MicroPython's thread layer on heddle's scheduler.
#pragma once

#include <cstdint>

namespace heddle::host {

/// From now on other threads run, during blocking calls and at the ends of time slices; or no longer.
void share_interpreter(bool share) noexcept;

/// Does the garbage collector run?
[[nodiscard]] bool is_collecting() noexcept;

/// May another thread run now?
[[nodiscard]] bool may_switch() noexcept;

}  // namespace heddle::host

/// How many callbacks micropython.schedule's queue holds.
extern "C" std::uint8_t heddle_schedule_depth;
