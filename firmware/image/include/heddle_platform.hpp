// The platform that the Python types are built for: threads of the image's kernel.
#pragma once

#include <cstdint>

#include "kernel.hpp"

namespace heddle {

/// As the kernel's port, but a wait of a Python thread lets the interpreter lock go and takes events.
struct Platform : image::KernelPort {
    static port::Wake park(Parker& parker, port::Instant deadline) noexcept;

    /// Who runs: nonzero, different for every live thread.
    static std::uintptr_t thread() noexcept {
        return reinterpret_cast<std::uintptr_t>(&image::kernel.running());
    }
    /// What _thread.get_ident() is, or was, in it.
    static std::uintptr_t number_of(std::uintptr_t thread) noexcept {
        return image::id_of(*reinterpret_cast<kernel::Thread*>(thread));
    }
    /// Is it a scheduled callback or a finaliser, which has interrupted its thread?
    static bool in_callback() noexcept { return image::kernel.running().callbacks != 0; }
    static bool is_only_thread() noexcept;

    /// Why no other thread may run now, as the text of a RuntimeError; null if one may.
    static const char* reason_not_to_switch() noexcept;
    static void interrupt_own_wait() noexcept {}  // park() looks for callbacks itself
    static void note_deferred() noexcept;
};

static_assert(port::Port<Platform>);

/// What the Python types are made of.
using PlatformLock = image::Lock;

}  // namespace heddle
