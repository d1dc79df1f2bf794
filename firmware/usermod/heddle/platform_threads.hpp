// A MicroPython port with threads of its own.
#pragma once

#include <cstdint>

extern "C" {
#include "py/mpthread.h"
}

#include "atomic_section.hpp"
#include "port/generic/generic_port.hpp"
#include "port_thread.hpp"
#include "sync/raw_lock.hpp"

namespace heddle {

namespace firmware {

/// What the generic port needs, of any MicroPython port. MicroPython's own `_thread` asks of a port's mutexes
/// too that one thread may release what another has taken.
struct PortSystem {
    using Critical = AtomicSection;

    class Gate {
      public:
        Gate() noexcept {
            mp_thread_mutex_init(&mutex_);
            mp_thread_mutex_lock(&mutex_, 1);
        }
        void pass() noexcept;
        void open() noexcept { mp_thread_mutex_unlock(&mutex_); }

      private:
        mp_thread_mutex_t mutex_;
    };

    static constexpr port::Instant kClockStep = 1000;

    static bool may_block() noexcept;
    static bool has_event() noexcept;
    static void rest() noexcept;
    static port::Instant now() noexcept;
    static bool in_interrupt() noexcept;
    static void relax() noexcept {}
};

}  // namespace firmware

struct Platform : port::GenericPort<firmware::PortSystem>, firmware::PortThread {
    static const char* reason_not_to_switch() noexcept { return nullptr; }
    static void interrupt_own_wait() noexcept {}  // park() looks for callbacks itself
    static void note_deferred() noexcept {}
};

static_assert(port::Port<Platform>);

/// What the Python types are made of.
using PlatformLock = sync::RawLock<Platform>;

}  // namespace heddle
