// `machine.time_pulse_us`. In upstream's no interrupt could come here: it waits without a bytecode.
#include "mpy/devices.hpp"
#include "mpy/machine_pin.h"
#include "mpy/pins.hpp"

extern "C" {
#include "extmod/virtpin.h"
}

namespace {

namespace devices = heddle::devices;

constexpr devices::Time kMicrosecond = 1'000;
constexpr devices::Time kDefaultTimeoutUs = 1'000'000;

bool has_protocol(mp_obj_t object) {
    return mp_obj_is_obj(object) &&
           MP_OBJ_TYPE_HAS_SLOT(static_cast<mp_obj_base_t*>(MP_OBJ_TO_PTR(object))->type, protocol);
}

devices::Time timeout_us_of(mp_obj_t object) {
    const mp_int_t timeout_us = mp_obj_get_int(object);
    if (timeout_us < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("timeout must not be negative"));
    }
    return MIN(timeout_us, INT64_MAX / kMicrosecond);
}

/// While the level is `level`; false when that took too long.
bool wait_while(mp_obj_t pin, bool level, devices::Time timeout_ns) {
    const devices::Time start = devices::now_ns();
    while ((mp_virtual_pin_read(pin) != 0) == level) {
        if (devices::now_ns() - start >= timeout_ns) {
            return false;
        }
        devices::serve_interrupts();
        if (devices::facts().flavour == devices::Flavour::rp2) {
            heddle_machine_idle();  // the other core
        }
    }
    return true;
}

}  // namespace

extern "C" mp_obj_t heddle_time_pulse_us(size_t n_args, const mp_obj_t* args) {
    const mp_obj_t pin = has_protocol(args[0]) ? args[0] : MP_OBJ_FROM_PTR(&heddle::mpy::find_pin(args[0]));
    const bool level = mp_obj_is_true(args[1]);
    const devices::Time timeout_ns = (n_args > 2 ? timeout_us_of(args[2]) : kDefaultTimeoutUs) * kMicrosecond;
    if (!wait_while(pin, !level, timeout_ns)) {
        return MP_OBJ_NEW_SMALL_INT(-2);
    }
    const devices::Time start = devices::now_ns();
    if (!wait_while(pin, level, timeout_ns)) {
        return MP_OBJ_NEW_SMALL_INT(-1);
    }
    return mp_obj_new_int((devices::now_ns() - start) / kMicrosecond);
}
