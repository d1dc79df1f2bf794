#include "devices/alarm.hpp"
#include "devices/lines.hpp"
#include "mpy/handlers.hpp"
#include "mpy/micropython.hpp"
#include "script.hpp"

extern "C" {

#include "devices/machine_module.h"

mp_obj_t heddle_machine_init(void) {
    // There is more than one name to import it by.
    if (MP_STATE_VM(heddle_handlers) == nullptr) {
        heddle::mpy::make_handler_table();
        heddle::firmware::alarm::install();
    }
    return mp_const_none;
}

mp_obj_t heddle_machine_soft_reset(void) {
    heddle_soft_reset_wanted = true;
    mp_raise_type(&mp_type_SystemExit);
}

// Before the heap is swept. For a thread, when no other one runs Python any more.
void heddle_devices_stop(void) {
    heddle::firmware::release_timers();
    MP_STATE_VM(heddle_handlers) = nullptr;
    MP_STATE_VM(heddle_handler_count) = 0;
}

}  // extern "C"
