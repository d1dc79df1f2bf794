// The platform that the Python types are built for: fibers of heddle's scheduler.
#pragma once

#include "port/fiber/fiber_port.hpp"

namespace heddle {

using Platform = port::FiberPort;

}  // namespace heddle
