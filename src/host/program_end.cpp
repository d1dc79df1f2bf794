#include "host/program_end.hpp"

#include "host/execute.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "mpy/heddle_module.h"
}

namespace heddle::host {
namespace {

void wait_for_other_threads() {
    constexpr mp_uint_t kLookEveryMs = 1;
    while (thread::live_threads() > 1) {
        mp_hal_delay_ms(kLookEveryMs);
    }
}

/// The exit status of the first that failed.
int run_end_functions() {
    int status = 0;
    for (std::size_t i = 0; heddle_end_function(i) != MP_OBJ_NULL; ++i) {
        if (const int interrupted = execute_protected(wait_for_other_threads); interrupted != 0) {
            return interrupted;
        }
        const int own = execute_protected([i] { mp_call_function_0(heddle_end_function(i)); });
        status = (status & 0xff) != 0 ? status : own;
    }
    return status;
}

int stay(double seconds) {
    return execute_protected([=] { mp_hal_delay_ms(static_cast<mp_uint_t>(seconds * 1000)); });
}

}  // namespace

int after_the_end(double stay_s, int status) {
    mp_hal_set_interrupt_char(CHAR_CTRL_C);
    if (stay_s > 0 && stay(stay_s) != 0) {
        status |= 1;
    }
    if ((status & 0xff) == 0) {
        status = run_end_functions();
    }
    mp_hal_set_interrupt_char(-1);
    mp_handle_pending(HEDDLE_PENDING_CLEAR);
    return status;
}

}  // namespace heddle::host
