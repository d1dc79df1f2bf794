// The platform that the Python types are built for: fibers of heddle's scheduler.
#pragma once

#include <cstdint>

#include "port/fiber/fiber_port.hpp"
#include "thread/slice.h"

namespace heddle {

struct Platform : port::FiberPort {
    /// Who runs: nonzero, different for every live thread.
    static std::uintptr_t thread() noexcept { return reinterpret_cast<std::uintptr_t>(heddle_thread_local); }

    /// What _thread.get_ident() is in it; 0 if it has ended. 1 is the main thread.
    static std::uintptr_t number_of(std::uintptr_t thread) noexcept;

    /// Is it a scheduled callback, which has interrupted its thread?
    static bool in_callback() noexcept;

    /// Is there no other thread of the program's?
    static bool is_only_thread() noexcept;
};

}  // namespace heddle
