// What a microcontroller with one core offers to the kernel of thread/kernel/.
#pragma once

#include <concepts>

#include "port/port.hpp"

namespace heddle::port {

/// `Critical` keeps everything else out while it lives: interrupt handlers and, since switches are interrupts
/// too, all other threads. It nests. Everything is noexcept, and what is not said to be for threads may be
/// called from handlers.
template <class C>
concept Core = requires(void* stack_top, void (*entry)()) {
    typename C::Critical;
    // The frame of a thread that has not run yet: the stack pointer that a switch to it takes. It begins in
    // `entry`, which never returns.
    { C::new_frame(stack_top, entry) }
    noexcept->std::same_as<void*>;
    // Threads only, while one Critical lives, and it is the caller's: asks the kernel which thread goes on,
    // Kernel::switch_from(), and goes on with that. Returns when the caller's turn has come again; in between
    // interrupts are handled.
    { C::give_way() }
    noexcept;
    // Handlers only: the thread that they have interrupted gives way, when no handler runs and no Critical
    // lives.
    { C::request_switch() }
    noexcept;
    // As a port's.
    { C::relax() }
    noexcept;
    // Thread of the kernel only, which has nothing to do: until an interrupt comes.
    { C::wait_for_interrupt() }
    noexcept;
    { C::in_interrupt() }
    noexcept->std::same_as<bool>;
    // Does the caller run with interrupts masked?
    { C::is_masked() }
    noexcept->std::same_as<bool>;
    { C::now() }
    noexcept->std::same_as<Instant>;
};

}  // namespace heddle::port
