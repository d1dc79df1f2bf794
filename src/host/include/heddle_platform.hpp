// The platform that the Python types are built for: fibers of heddle's scheduler.
#pragma once

#include <cstdint>

#include "port/fiber/fiber_port.hpp"
#include "sync/raw_lock.hpp"
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

    /// Why no other thread may run now, as the text of a RuntimeError; null if one may.
    static const char* reason_not_to_switch() noexcept;

    /// The running thread's next wait comes back as interrupted: there are events that it has not handled.
    static void interrupt_own_wait() noexcept;

    /// A mutex was tried and found taken. In a handler of any context its line's work was put off.
    static void note_deferred() noexcept;
};

/// What the Python types are made of.
using PlatformLock = sync::RawLock<Platform>;

}  // namespace heddle
