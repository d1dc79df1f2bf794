// What is behind platform_linux.hpp.
#include "mpy/micropython.hpp"

#if MICROPY_PY_THREAD && HEDDLE_FUTEX

#include <csignal>

#include "heddle_platform.hpp"

namespace heddle {
namespace {

// How late a callback may be that another thread schedules while this one waits.
constexpr port::Instant kWatchNs = 1'000'000;

/// Until `end`, or until something happened.
void sleep_until(Platform::Parker& parker, port::Instant end) noexcept {
    MP_THREAD_GIL_EXIT();
    port::futex_wait(parker.unparked, 0, end);
    MP_THREAD_GIL_ENTER();
}

}  // namespace

port::Wake Platform::park(Parker& parker, port::Instant deadline) noexcept {
    const bool watches = firmware::takes_care_of_events();
    for (;;) {
        if (unparked(parker)) {
            return port::Wake::unparked;
        }
        const port::Instant now = port::monotonic_now();
        if (now >= deadline) {
            return port::Wake::timed_out;
        }
        if (firmware::has_event()) {
            return port::Wake::interrupted;
        }
        const port::Instant look = watches ? port::deadline_after(now, kWatchNs) : port::kForever;
        sleep_until(parker, look < deadline ? look : deadline);
    }
}

}  // namespace heddle

extern "C" {

static void interrupted(int) { mp_sched_keyboard_interrupt(); }

// The port's own handler of Ctrl-C raises out of whatever its thread does, and a thread that does so while it
// stands in a lock's queue leaves a hole there. This one leaves the exception for the main thread to find.
void __wrap_mp_hal_set_interrupt_char(char character) {
    struct sigaction action = {};
    action.sa_handler = character == '\x03' ? interrupted : SIG_DFL;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
}

}  // extern "C"

#endif  // MICROPY_PY_THREAD && HEDDLE_FUTEX
