#include "mpy/machine_functions.h"

#include "mpy/devices.hpp"
#include "mpy/micropython.hpp"

namespace {

namespace devices = heddle::devices;

/// What disable_irq() returns: a bool of the STM32, a register's value elsewhere.
mp_obj_t state_object(bool enabled) {
    return devices::facts().flavour == devices::Flavour::stm32 ? mp_obj_new_bool(enabled)
                                                               : MP_OBJ_NEW_SMALL_INT(enabled ? 0 : 1);
}

bool state_of(mp_obj_t object) {
    return devices::facts().flavour == devices::Flavour::stm32 ? mp_obj_is_true(object)
                                                               : mp_obj_get_int(object) == 0;
}

}  // namespace

extern "C" {

mp_obj_t heddle_disable_irq(void) { return state_object(devices::disable_interrupts()); }

mp_obj_t heddle_enable_irq(mp_obj_t state) {
    devices::restore_interrupts(state_of(state));
    return mp_const_none;
}

mp_obj_t heddle_pyb_enable_irq(size_t n_args, const mp_obj_t* args) {
    devices::restore_interrupts(n_args == 0 || mp_obj_is_true(args[0]));
    return mp_const_none;
}

mp_obj_t heddle_pycom_enable_irq(size_t n_args, const mp_obj_t* args) {
    devices::restore_interrupts(n_args == 0 || state_of(args[0]));
    return mp_const_none;
}

mp_obj_t heddle_idle(void) {
    heddle_wait_for_interrupt();
    return mp_const_none;
}

}  // extern "C"
