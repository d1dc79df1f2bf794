// Of a thread of a MicroPython port.
#pragma once

#include <cstdint>

namespace heddle::firmware {

/// Whoever waits, as mpy/holder.hpp asks for it.
struct PortThread {
    static std::uintptr_t thread() noexcept;
    static bool in_callback() noexcept;
    /// Not known.
    static bool is_only_thread() noexcept { return false; }
};

/// Are there callbacks that this thread may run, or an exception for it?
[[nodiscard]] bool has_event() noexcept;

/// Events reach this thread, or it is the one that takes care of everybody's: then it may not sleep through
/// them.
[[nodiscard]] bool takes_care_of_events() noexcept;

}  // namespace heddle::firmware
