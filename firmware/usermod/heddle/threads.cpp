// What is behind platform_threads.hpp.
#include "mpy/micropython.hpp"

#if MICROPY_PY_THREAD && !HEDDLE_FUTEX

#include "cortex_m.hpp"
#include "heddle_platform.hpp"

namespace heddle::firmware {
namespace {

/// The port's 32 bits of microseconds, which start anew after 71 minutes. Whoever waits with a deadline looks
/// more often.
struct Clock {
    std::uint32_t low = 0;
    std::int64_t base_us = 0;
};

constinit Clock clock;

/// mp_event_wait_ms(1), in which a port lets the interpreter lock go. To let it go twice would lock it for
/// ever.
void wait_for_event() {
#if MICROPY_VERSION_MINOR >= 26 || defined(MICROPY_EVENT_POLL_HOOK)
    mp_event_wait_ms(1);
#else
    // The unix port did not yet.
    mp_event_handle_nowait();
    MP_THREAD_GIL_EXIT();
    MICROPY_INTERNAL_WFE(1);
    MP_THREAD_GIL_ENTER();
#endif
}

}  // namespace

void PortSystem::Gate::pass() noexcept {
    MP_THREAD_GIL_EXIT();
    mp_thread_mutex_lock(&mutex_, 1);
    MP_THREAD_GIL_ENTER();
}

bool PortSystem::may_block() noexcept { return !takes_care_of_events(); }

bool PortSystem::has_event() noexcept { return firmware::has_event(); }

/// The port's own way to wait, which may raise: what it raises is pending again after it.
void PortSystem::rest() noexcept {
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        wait_for_event();
        nlr_pop();
    } else {
        MP_STATE_THREAD(mp_pending_exception) = MP_OBJ_FROM_PTR(jump.ret_val);
    }
}

port::Instant PortSystem::now() noexcept {
    AtomicSection section;
    const auto low = static_cast<std::uint32_t>(mp_hal_ticks_us());
    clock.base_us += static_cast<std::uint32_t>(low - clock.low);
    clock.low = low;
    return clock.base_us * 1000;
}

bool PortSystem::in_interrupt() noexcept {
    if constexpr (kIsCortexM) {
        return is_in_handler();
    }
    // Whoever calls a handler locks the scheduler and the heap first.
    return HEDDLE_SCHEDULER_IS_LOCKED() && gc_is_locked();
}

}  // namespace heddle::firmware

#endif  // MICROPY_PY_THREAD && !HEDDLE_FUTEX
