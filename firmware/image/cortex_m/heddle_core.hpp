// The core of an image's board: a Cortex-M.
#pragma once

#include "port/cortex_m/cortex_m_core.hpp"

namespace heddle {

using Core = port::CortexMCore;

/// From now on threads are switched. Called by main, on the stack that it was started with.
void start_core() noexcept;

/// Ends the emulator with this status.
[[noreturn]] void end_emulation(int status) noexcept;

}  // namespace heddle
