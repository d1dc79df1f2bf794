#include "port_thread.hpp"

#include "mpy/micropython.hpp"

#if MICROPY_PY_THREAD

#include "mpy/holder.hpp"

namespace heddle {
namespace firmware {

// Which runs a callback. Finalisers come the same way, and may meet one: then it is null too early, but never
// somebody who runs none.
static constinit mp_state_thread_t* callback_thread = nullptr;

std::uintptr_t PortThread::thread() noexcept {
    return reinterpret_cast<std::uintptr_t>(mp_thread_get_state());
}

bool PortThread::in_callback() noexcept { return callback_thread == mp_thread_get_state(); }

bool has_event() noexcept {
    return HEDDLE_HAS_CALLBACKS() || MP_STATE_THREAD(mp_pending_exception) != MP_OBJ_NULL;
}

bool takes_care_of_events() noexcept { return mp_thread_is_main_thread(); }

}  // namespace firmware

template <>
void mpy::HolderOf<Platform>::raise_endless_wait() const {
    mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("would wait for ever in an interrupt handler"));
}

}  // namespace heddle

extern "C" {

// The scheduler calls callbacks through this one, and no port says in which thread it does.
mp_obj_t __real_mp_call_function_1_protected(mp_obj_t function, mp_obj_t argument);
mp_obj_t __wrap_mp_call_function_1_protected(mp_obj_t function, mp_obj_t argument) {
    mp_state_thread_t* const own = mp_thread_get_state();
    const bool within_another = heddle::firmware::callback_thread == own;
    heddle::firmware::callback_thread = own;
    mp_obj_t result = __real_mp_call_function_1_protected(function, argument);
    heddle::firmware::callback_thread = within_another ? own : nullptr;
    return result;
}

}  // extern "C"

#endif  // MICROPY_PY_THREAD
