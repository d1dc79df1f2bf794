// `machine.Pin` of Pycom's boards; its callbacks are in pycom_pin_callback.cpp.
#include "mpy/pycom_pin.h"

#include "mpy/pycom_pin_object.hpp"

namespace {

namespace devices = heddle::devices;
using heddle::mpy::pycom_pin_of;
using heddle::mpy::PycomPin;
using heddle::mpy::raise_bad_argument;

devices::PinMode mode_of(mp_obj_t object) {
    switch (mp_obj_get_int(object)) {
        case HEDDLE_PYCOM_IN:
            return devices::PinMode::input;
        case HEDDLE_PYCOM_OUT:
            return devices::PinMode::output;
        case HEDDLE_PYCOM_OPEN_DRAIN:
            return devices::PinMode::open_drain;
        default:
            raise_bad_argument();
    }
}

mp_int_t number_of(devices::PinMode mode) {
    switch (mode) {
        case devices::PinMode::input:
            return HEDDLE_PYCOM_IN;
        case devices::PinMode::output:
            return HEDDLE_PYCOM_OUT;
        default:
            return HEDDLE_PYCOM_OPEN_DRAIN;
    }
}

qstr word_of(devices::PinMode mode) {
    switch (mode) {
        case devices::PinMode::input:
            return MP_QSTR_IN;
        case devices::PinMode::output:
            return MP_QSTR_OUT;
        default:
            return MP_QSTR_OPEN_DRAIN;
    }
}

devices::Pull pull_of(mp_obj_t object) {
    if (object == mp_const_none) {
        return devices::Pull::none;
    }
    switch (mp_obj_get_int(object)) {
        case HEDDLE_PYCOM_PULL_UP:
            return devices::Pull::up;
        case HEDDLE_PYCOM_PULL_DOWN:
            return devices::Pull::down;
        default:
            raise_bad_argument();
    }
}

mp_int_t alternate_of(mp_obj_t object) {
    const mp_int_t alternate = object == mp_const_none ? -1 : mp_obj_get_int(object);
    if (alternate > 255) {
        raise_bad_argument();
    }
    return alternate < 0 ? -1 : alternate;
}

PycomPin& find(mp_obj_t id) {
    if (mp_obj_is_type(id, &heddle_pycom_pin_type)) {
        return pycom_pin_of(id);
    }
    if (!mp_obj_is_str(id)) {
        raise_bad_argument();
    }
    size_t length = 0;
    const char* name = mp_obj_str_get_data(id, &length);
    const devices::PinId pin = devices::pin_named(name, length);
    if (pin == devices::kNoPin) {
        raise_bad_argument();
    }
    return heddle::mpy::pycom_pin(pin);
}

void init(PycomPin& pin, size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    enum { kMode, kPull, kValue, kAlt };
    static const mp_arg_t allowed[] = {
        {MP_QSTR_mode, MP_ARG_OBJ, {.u_obj = MP_OBJ_NEW_SMALL_INT(HEDDLE_PYCOM_IN)}},
        {MP_QSTR_pull, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
        {MP_QSTR_value, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
        {MP_QSTR_alt, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    };
    mp_arg_val_t values[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, keywords, MP_ARRAY_SIZE(allowed), allowed, values);
    const devices::PinMode mode = mode_of(values[kMode].u_obj);
    const devices::Pull pull = pull_of(values[kPull].u_obj);
    const mp_obj_t value = values[kValue].u_obj;
    const bool high = value != MP_OBJ_NULL && mp_obj_is_true(value);
    pin.alternate = alternate_of(values[kAlt].u_obj);
    // The callback is kept, but no edge calls it.
    devices::watch_pin(pin.pin, devices::Edges::none);
    if (value != MP_OBJ_NULL) {
        devices::write_pin(pin.pin, high);
    }
    devices::configure_pin(pin.pin, mode, pull);
}

bool value_of(devices::PinId pin) {
    return devices::pin_mode(pin) == devices::PinMode::output ? devices::pin_output(pin)
                                                              : devices::read_pin(pin);
}

}  // namespace

extern "C" {

mp_obj_t heddle_pycom_pin_make_new(const mp_obj_type_t*, size_t n_args, size_t n_kw, const mp_obj_t* args) {
    mp_arg_check_num(n_args, n_kw, 1, MP_OBJ_FUN_ARGS_MAX, true);
    PycomPin& pin = find(args[0]);
    mp_map_t keywords;
    mp_map_init_fixed_table(&keywords, n_kw, args + n_args);
    init(pin, n_args - 1, args + 1, &keywords);
    return MP_OBJ_FROM_PTR(&pin);
}

void heddle_pycom_pin_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    const PycomPin& pin = pycom_pin_of(self);
    mp_printf(print, "Pin('%q', mode=Pin.%q, ", pin.name, word_of(devices::pin_mode(pin.pin)));
    const devices::Pull pull = devices::pin_pull(pin.pin);
    if (pull == devices::Pull::none) {
        mp_printf(print, "pull=None");
    } else {
        mp_printf(print, "pull=Pin.%q", pull == devices::Pull::up ? MP_QSTR_PULL_UP : MP_QSTR_PULL_DOWN);
    }
    mp_printf(print, ", alt=%d)", static_cast<int>(pin.alternate));
}

mp_obj_t heddle_pycom_pin_init(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    init(pycom_pin_of(args[0]), n_args - 1, args + 1, keywords);
    return mp_const_none;
}

mp_obj_t heddle_pycom_pin_value(size_t n_args, const mp_obj_t* args) {
    const devices::PinId pin = pycom_pin_of(args[0]).pin;
    if (n_args == 1) {
        return MP_OBJ_NEW_SMALL_INT(value_of(pin) ? 1 : 0);
    }
    devices::write_pin(pin, mp_obj_is_true(args[1]));
    return mp_const_none;
}

mp_obj_t heddle_pycom_pin_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t* args) {
    mp_arg_check_num(n_args, n_kw, 0, 1, false);
    const mp_obj_t all[] = {self, n_args == 0 ? MP_OBJ_NULL : args[0]};
    return heddle_pycom_pin_value(n_args + 1, all);
}

mp_obj_t heddle_pycom_pin_toggle(mp_obj_t self) {
    const devices::PinId pin = pycom_pin_of(self).pin;
    devices::write_pin(pin, !devices::pin_output(pin));
    return mp_const_none;
}

mp_obj_t heddle_pycom_pin_id(mp_obj_t self) { return MP_OBJ_NEW_QSTR(pycom_pin_of(self).name); }

mp_obj_t heddle_pycom_pin_mode(size_t n_args, const mp_obj_t* args) {
    const devices::PinId pin = pycom_pin_of(args[0]).pin;
    if (n_args == 1) {
        return MP_OBJ_NEW_SMALL_INT(number_of(devices::pin_mode(pin)));
    }
    devices::configure_pin(pin, mode_of(args[1]), devices::pin_pull(pin));
    return mp_const_none;
}

mp_obj_t heddle_pycom_pin_pull(size_t n_args, const mp_obj_t* args) {
    const devices::PinId pin = pycom_pin_of(args[0]).pin;
    if (n_args == 1) {
        const devices::Pull pull = devices::pin_pull(pin);
        return pull == devices::Pull::none
                   ? mp_const_none
                   : MP_OBJ_NEW_SMALL_INT(pull == devices::Pull::up ? HEDDLE_PYCOM_PULL_UP
                                                                    : HEDDLE_PYCOM_PULL_DOWN);
    }
    devices::configure_pin(pin, devices::pin_mode(pin), pull_of(args[1]));
    return mp_const_none;
}

}  // extern "C"
