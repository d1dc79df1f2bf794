#include "mpy/machine_pin.h"

#include "mpy/object.hpp"
#include "mpy/pins.hpp"

extern "C" {
#include "extmod/virtpin.h"
}

namespace {

namespace devices = heddle::devices;
using devices::Flavour;
using heddle::mpy::find_pin;
using heddle::mpy::object_of;
using heddle::mpy::PinObject;

PinObject& pin_of(mp_obj_t self) { return object_of<PinObject>(self); }

Flavour flavour() { return devices::facts().flavour; }

mp_obj_t level_object(const PinObject& pin) {
    return MP_OBJ_NEW_SMALL_INT(devices::read_pin(pin.id) ? 1 : 0);
}

// ---- init

// What stands third and fifth does nothing here.
enum { kMode, kPull, kThird, kValue };

const mp_arg_t kStm32Arguments[] = {
    {MP_QSTR_mode, MP_ARG_REQUIRED | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
    {MP_QSTR_pull, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_af, MP_ARG_INT, {.u_int = -1}},
    {MP_QSTR_value, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
    {MP_QSTR_alt, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = -1}},
};

const mp_arg_t kRp2Arguments[] = {
    {MP_QSTR_mode, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_pull, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_alt, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = -1}},
    {MP_QSTR_value, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
};

const mp_arg_t kEsp32Arguments[] = {
    {MP_QSTR_mode, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_pull, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_INT(-1)}},
    {MP_QSTR_drive, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
    {MP_QSTR_value, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
    {MP_QSTR_hold, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
};

devices::PinMode mode_of(mp_int_t number) {
    const heddle::mpy::PinNumbers& numbers = heddle::mpy::pin_numbers();
    if (number == numbers.input) {
        return devices::PinMode::input;
    }
    if (number == numbers.output) {
        return devices::PinMode::output;
    }
    if (number != numbers.open_drain) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("invalid pin mode: %d"),
                          static_cast<int>(number));
    }
    return devices::PinMode::open_drain;
}

devices::Pull pull_of(mp_obj_t object) {
    const mp_int_t number = object == mp_const_none ? 0 : mp_obj_get_int(object);
    if (number == 0) {
        return devices::Pull::none;
    }
    if (number == heddle::mpy::pin_numbers().pull_up) {
        return devices::Pull::up;
    }
    if (number != heddle::mpy::pin_numbers().pull_down) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("invalid pin pull: %d"),
                          static_cast<int>(number));
    }
    return devices::Pull::down;
}

void write_if_given(const PinObject& pin, mp_obj_t value) {
    if (value != MP_OBJ_NULL && value != mp_const_none) {
        devices::write_pin(pin.id, mp_obj_is_true(value));
    }
}

// Each port's order: all that can be refused first, then the value, so that the pin does not glitch.

void init_stm32(const PinObject& pin, const mp_arg_val_t* values) {
    const devices::PinMode mode = mode_of(mp_obj_get_int(values[kMode].u_obj));
    const devices::Pull pull = pull_of(values[kPull].u_obj);
    if (values[kValue].u_obj != MP_OBJ_NULL) {
        devices::write_pin(pin.id, mp_obj_is_true(values[kValue].u_obj));
    }
    devices::configure_pin(pin.id, mode, pull);
}

void init_rp2(const PinObject& pin, const mp_arg_val_t* values) {
    const devices::Pull pull = pull_of(values[kPull].u_obj);
    devices::PinMode mode = devices::pin_mode(pin.id);
    if (values[kMode].u_obj != mp_const_none) {
        mode = mode_of(mp_obj_get_int(values[kMode].u_obj));
        if (mode == devices::PinMode::open_drain && values[kValue].u_obj == mp_const_none) {
            devices::write_pin(pin.id, true);
        } else if (mode != devices::PinMode::input) {
            write_if_given(pin, values[kValue].u_obj);
        }
    }
    devices::configure_pin(pin.id, mode, pull);
}

void init_esp32(const PinObject& pin, const mp_arg_val_t* values) {
    devices::PinMode mode = devices::pin_mode(pin.id);
    devices::Pull pull = devices::pin_pull(pin.id);
    if (values[kMode].u_obj != mp_const_none) {
        mode = mode_of(mp_obj_get_int(values[kMode].u_obj));
        if (devices::is_input_only(pin.id) && mode != devices::PinMode::input) {
            mp_raise_ValueError(MP_ERROR_TEXT("pin can only be input"));
        }
    }
    if (values[kPull].u_obj != MP_OBJ_NEW_SMALL_INT(-1)) {
        pull = pull_of(values[kPull].u_obj);
    }
    if (values[kValue].u_obj != MP_OBJ_NULL) {
        devices::write_pin(pin.id, mp_obj_is_true(values[kValue].u_obj));
    }
    devices::configure_pin(pin.id, mode, pull);
}

void init(const PinObject& pin, size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    mp_arg_val_t values[MP_ARRAY_SIZE(kStm32Arguments)];
    switch (flavour()) {
        case Flavour::stm32:
            mp_arg_parse_all(n_args, args, keywords, MP_ARRAY_SIZE(kStm32Arguments), kStm32Arguments, values);
            init_stm32(pin, values);
            break;
        case Flavour::rp2:
            mp_arg_parse_all(n_args, args, keywords, MP_ARRAY_SIZE(kRp2Arguments), kRp2Arguments, values);
            init_rp2(pin, values);
            break;
        default:
            mp_arg_parse_all(n_args, args, keywords, MP_ARRAY_SIZE(kEsp32Arguments), kEsp32Arguments, values);
            init_esp32(pin, values);
    }
}

// ---- print

qstr name_of_mode(devices::PinMode mode) {
    return mode == devices::PinMode::input    ? MP_QSTR_IN
           : mode == devices::PinMode::output ? MP_QSTR_OUT
                                              : MP_QSTR_OPEN_DRAIN;
}

void print_pull(const mp_print_t* print, const PinObject& pin, const char* of_class) {
    const devices::Pull pull = devices::pin_pull(pin.id);
    if (pull != devices::Pull::none) {
        mp_printf(print, ", pull=%s%q", of_class,
                  static_cast<qstr>(pull == devices::Pull::up ? MP_QSTR_PULL_UP : MP_QSTR_PULL_DOWN));
    }
}

}  // namespace

extern "C" {

mp_obj_t heddle_pin_make_new(const mp_obj_type_t*, size_t n_args, size_t n_kw, const mp_obj_t* args) {
    mp_arg_check_num(n_args, n_kw, 1, MP_OBJ_FUN_ARGS_MAX, true);
    PinObject& pin = find_pin(args[0]);
    if (n_args > 1 || n_kw > 0) {
        mp_map_t keywords;
        mp_map_init_fixed_table(&keywords, n_kw, args + n_args);
        init(pin, n_args - 1, args + 1, &keywords);
    }
    return MP_OBJ_FROM_PTR(&pin);
}

// What machine.Signal makes its pin with.
mp_obj_t mp_pin_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw, const mp_obj_t* args) {
    return heddle_pin_make_new(type, n_args, n_kw, args);
}

void heddle_pin_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    const PinObject& pin = pin_of(self);
    const qstr mode = name_of_mode(devices::pin_mode(pin.id));
    if (flavour() == Flavour::stm32) {
        mp_printf(print, "Pin(Pin.cpu.%q, mode=Pin.%q", pin.name, mode);
        print_pull(print, pin, "Pin.");
    } else if (flavour() == Flavour::rp2) {
        mp_printf(print, "Pin(%q, mode=%q", pin.name, mode);
        print_pull(print, pin, "");
    } else {
        mp_printf(print, "Pin(%d", devices::pin_number(pin.id));
    }
    mp_print_str(print, ")");
}

mp_obj_t heddle_pin_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t* args) {
    mp_arg_check_num(n_args, n_kw, 0, 1, false);
    const PinObject& pin = pin_of(self);
    if (n_args == 0) {
        return level_object(pin);
    }
    devices::write_pin(pin.id, mp_obj_is_true(args[0]));
    return mp_const_none;
}

mp_uint_t heddle_pin_ioctl(mp_obj_t self, mp_uint_t request, uintptr_t argument, int*) {
    const PinObject& pin = pin_of(self);
    switch (request) {
        case MP_PIN_READ:
            return devices::read_pin(pin.id) ? 1 : 0;
        case MP_PIN_WRITE:
            devices::write_pin(pin.id, argument != 0);
            return 0;
        default:
            return static_cast<mp_uint_t>(-1);
    }
}

mp_obj_t heddle_pin_init(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    init(pin_of(args[0]), n_args - 1, args + 1, keywords);
    return mp_const_none;
}

mp_obj_t heddle_pin_value(size_t n_args, const mp_obj_t* args) {
    return heddle_pin_call(args[0], n_args - 1, 0, args + 1);
}

mp_obj_t heddle_pin_on(mp_obj_t self) {
    devices::write_pin(pin_of(self).id, true);
    return mp_const_none;
}

mp_obj_t heddle_pin_off(mp_obj_t self) {
    devices::write_pin(pin_of(self).id, false);
    return mp_const_none;
}

mp_obj_t heddle_pin_toggle(mp_obj_t self) {
    const PinObject& pin = pin_of(self);
    devices::write_pin(pin.id, !devices::pin_output(pin.id));
    return mp_const_none;
}

}  // extern "C"
