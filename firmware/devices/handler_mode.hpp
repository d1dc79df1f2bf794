// Python in interrupt handlers.
#pragma once

#include "mpy/devices.hpp"

namespace heddle::firmware {

/// Serves the line's interrupt on the stack of the handler, which is not the interrupted thread's: Python
/// gets a thread state of its own meanwhile. In a handler.
void serve_in_handler_mode(devices::Line line) noexcept;

}  // namespace heddle::firmware
