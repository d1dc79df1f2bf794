// Threads of any system that has a clock, a short sleep, and a mutex that another thread may release.
#pragma once

#include <cstdint>

#include "port/generic/word.hpp"
#include "port/port.hpp"

namespace heddle::port {

/// `System` offers, all of it noexcept:
///
/// - `Critical`, `now()`, `relax()`, `in_interrupt()`, as the port's; `kClockStep`: by how many nanoseconds
///   now() may be behind.
/// - `Gate`: made closed, on the stack of the thread that will wait. `pass()` waits until `open()`, which any
///   context may call. Nothing of it is touched once pass() may have come back.
/// - `may_block()`: may the calling thread wait without looking at events? Others take care of them then.
/// - `has_event()`: has the calling thread events to handle before it goes on waiting?
/// - `rest()`: lets other threads run, for about a millisecond or until something happened; may handle
/// events.
///
/// A thread that may block does so. The others look at the clock and at their events once a rest.
template <class System>
struct GenericPort {
    using Critical = typename System::Critical;
    using Word = generic::Word<Critical, generic::Cores::several>;

    class Parker {
      public:
        Parker() noexcept = default;
        Parker(const Parker&) = delete;
        Parker& operator=(const Parker&) = delete;

      private:
        friend GenericPort;
        Word state;
        typename System::Gate gate;
    };

    static Wake park(Parker& parker, Instant deadline) noexcept {
        if (deadline == kForever && System::may_block()) {
            std::uintptr_t state = kAwake;
            if (parker.state.exchange_if_acquire(state, kAsleep)) {
                parker.gate.pass();
            }
            return Wake::unparked;
        }
        return watch(parker, deadline);
    }

    static void unpark(Parker& parker) noexcept {
        std::uintptr_t state = kAwake;
        if (parker.state.exchange_if_release(state, kUnparked)) {
            return;
        }
        // Asleep: the parker stays until its gate is open.
        parker.state.store_release(kUnparked);
        parker.gate.open();
    }

    static bool unparked(Parker& parker) noexcept { return parker.state.load_acquire() == kUnparked; }
    static void relax() noexcept { System::relax(); }
    static bool in_interrupt() noexcept { return System::in_interrupt(); }
    static Instant now() noexcept { return System::now(); }

  private:
    static constexpr std::uintptr_t kAwake = 0;
    static constexpr std::uintptr_t kAsleep = 1;
    static constexpr std::uintptr_t kUnparked = 2;

    static Wake watch(Parker& parker, Instant deadline) noexcept {
        for (;;) {
            if (unparked(parker)) {
                return Wake::unparked;
            }
            // The clock was behind when the deadline was made: never early.
            if (deadline != kForever && now() - System::kClockStep >= deadline) {
                return Wake::timed_out;
            }
            if (System::has_event()) {
                return Wake::interrupted;
            }
            System::rest();
        }
    }
};

}  // namespace heddle::port
