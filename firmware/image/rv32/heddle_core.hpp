// The core of an image's board: RV32.
#pragma once

#include "port/rv32/rv32_core.hpp"

namespace heddle {

using Core = port::Rv32Core;

/// From now on threads are switched. Called by main.
void start_core() noexcept;

/// Ends the emulator with this status.
[[noreturn]] void end_emulation(int status) noexcept;

}  // namespace heddle
