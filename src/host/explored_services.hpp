// Threads that serve others for ever: they hold up no end.
#pragma once

#include "thread/fiber.hpp"

namespace heddle::host::explored {

/// Does the fiber sleep in a loop that nothing but an exception leaves? For a fiber that does not run.
[[nodiscard]] bool is_service(const thread::Fiber& fiber);

}  // namespace heddle::host::explored
