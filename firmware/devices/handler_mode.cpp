#include "devices/handler_mode.hpp"

#include <cstring>

#include "devices/lines.hpp"
#include "mpy/handlers.hpp"
#include "mpy/micropython.hpp"

extern "C" {
#include "py/cstack.h"
}

namespace heddle::firmware {
namespace {

// What Python may use of the handlers' stack. Beyond it are C functions that do not look at the limit.
constexpr std::size_t kStackBytes = HEDDLE_HANDLER_STACK_BYTES - 2048;

// Handlers do not preempt each other. Nothing in it needs the collector: in a handler the heap is locked.
constinit mp_state_thread_t own_state{};

}  // namespace

void serve_in_handler_mode(devices::Line line) noexcept {
    const devices::Line interrupted_line = enter_line(line);
    mp_state_thread_t* const interrupted_state = mp_thread_get_state();
    std::memset(&own_state, 0, sizeof own_state);
    mp_thread_init_state(&own_state, kStackBytes, nullptr, nullptr);
    mp_cstack_init_with_sp_here(kStackBytes);
    mpy::serve(line);
    mp_thread_set_state(interrupted_state);
    leave_line(interrupted_line);
}

}  // namespace heddle::firmware
