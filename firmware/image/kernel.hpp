// The kernel of an image, and a port over it.
#pragma once

#include "heddle_core.hpp"
#include "port/generic/word.hpp"
#include "sync/raw_lock.hpp"
#include "thread/kernel/kernel.hpp"

namespace heddle::image {

extern kernel::Kernel<Core> kernel;

/// Threads of the kernel, whether they run Python or not.
struct KernelPort {
    using Critical = Core::Critical;
    using Word = port::generic::Word<Critical, port::generic::Cores::one>;
    using Parker = kernel::Parker;

    static port::Wake park(Parker& parker, port::Instant deadline) noexcept;
    static void unpark(Parker& parker) noexcept;
    static bool unparked(Parker& parker) noexcept { return static_cast<volatile bool&>(parker.unparked); }
    static void relax() noexcept { Core::relax(); }
    static bool in_interrupt() noexcept { return Core::in_interrupt(); }
    static port::Instant now() noexcept { return Core::now(); }
};

static_assert(port::Port<KernelPort>);

/// All locks of an image: those of the Python types, and the interpreter's own.
using Lock = sync::RawLock<KernelPort>;

/// A thread's name for Python: 1 is main's; the others' are different ones, and small enough to need no
/// memory.
inline std::uintptr_t id_of(kernel::Thread& thread) noexcept {
    return &thread == &image::kernel.main() ? 1 : reinterpret_cast<std::uintptr_t>(&thread) >> 2;
}

}  // namespace heddle::image

// In kernel.cpp: what is not inline is there once.
extern template class heddle::sync::RawLock<heddle::image::KernelPort>;
