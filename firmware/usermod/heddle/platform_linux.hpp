// MicroPython's unix port on Linux: threads of the operating system, parked on futexes.
#pragma once

#include <cstddef>

#include "port/linux/linux_port.hpp"
#include "port_thread.hpp"
#include "sync/raw_lock.hpp"

namespace heddle {

struct Platform : port::LinuxPort, firmware::PortThread {
    static port::Wake park(Parker& parker, port::Instant deadline) noexcept;

    static const char* reason_not_to_switch() noexcept { return nullptr; }
    static void interrupt_own_wait() noexcept {}  // park() looks for callbacks itself
    static void note_deferred() noexcept {}
};

static_assert(port::Port<Platform>);

/// What the Python types are made of.
using PlatformLock = sync::RawLock<Platform>;

}  // namespace heddle
