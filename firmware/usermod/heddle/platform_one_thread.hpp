// A MicroPython port without threads: the program and its handlers.
#pragma once

#include <type_traits>

#include "atomic_section.hpp"
#include "cortex_m.hpp"
#include "mpy/micropython.hpp"
#include "port/generic/word.hpp"
#include "port/port.hpp"
#include "sync/flag_lock.hpp"

namespace heddle {

struct Platform {
    using Critical =
        std::conditional_t<firmware::kIsCortexM, firmware::InterruptMask, firmware::AtomicSection>;
    using Word = port::generic::Word<Critical, port::generic::Cores::one>;

    /// Whoever calls a handler locks the scheduler first. True in scheduled callbacks too: what they
    /// interrupt cannot go on either before they end.
    static bool in_interrupt() noexcept { return HEDDLE_SCHEDULER_IS_LOCKED(); }

    static void interrupt_own_wait() noexcept {}
    static void note_deferred() noexcept {}
};

/// What the Python types are made of.
using PlatformLock = sync::FlagLock<Platform::Word>;

/// As mpy/wait.hpp says, but always for the caller to try again: something has happened. Nothing of this wait
/// is queued anywhere, so what the port raises may leave it.
namespace mpy {
inline bool wait_for(PlatformLock&, port::Instant) {
    mp_event_wait_indefinite();
    return false;
}
}  // namespace mpy

}  // namespace heddle
