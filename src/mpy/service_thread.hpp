// A thread that runs Python now and then, but is none of the program's.
#pragma once

#include <cstddef>

namespace heddle::mpy {

/// Runs `body`, which never returns and never lets an exception out, on a thread of its own with
/// MicroPython's state for one. False if there is no room for it. For the main thread.
[[nodiscard]] bool start_service_thread(void (*body)(), std::size_t stack_bytes) noexcept;

}  // namespace heddle::mpy
