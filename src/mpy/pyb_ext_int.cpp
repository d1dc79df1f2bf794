#include "mpy/pyb_ext_int.h"

#include "mpy/external_line.hpp"
#include "mpy/object.hpp"
#include "mpy/pin_argument.h"

namespace {

namespace devices = heddle::devices;
using devices::Edges;
using heddle::mpy::kExternalLines;
using heddle::mpy::object_of;

// Beyond the pins' lines are those of the processor's own parts.
constexpr int kAllLines = 23;

struct ExtIntObject {
    mp_obj_base_t base;
    int line = 0;
};

int line_of(mp_obj_t self) { return object_of<ExtIntObject>(self).line; }

[[noreturn]] void raise_value_error(mp_rom_error_text_t text, mp_int_t number) {
    mp_raise_msg_varg(&mp_type_ValueError, text, static_cast<int>(number));
    MP_UNREACHABLE
}

[[noreturn]] void refuse_number(mp_int_t line) {
    if (line < kExternalLines) {
        raise_value_error(MP_ERROR_TEXT("ExtInt vector %d < 16, use a Pin object"), line);
    }
    if (line >= kAllLines) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("ExtInt vector %d >= max of %d"),
                          static_cast<int>(line), kAllLines);
    }
    raise_value_error(MP_ERROR_TEXT("ExtInt vector %d is not simulated, use a Pin object"), line);
}

devices::PinId pin_of(mp_obj_t argument) {
    if (mp_obj_is_int(argument)) {
        refuse_number(mp_obj_get_int(argument));
    }
    return heddle_pin_of(argument);
}

/// An event wakes the processor and calls nobody.
Edges edges_of(mp_int_t mode) {
    switch (mode) {
        case HEDDLE_PYB_IRQ_RISING:
            return Edges::rising;
        case HEDDLE_PYB_IRQ_FALLING:
            return Edges::falling;
        case HEDDLE_PYB_IRQ_RISING_FALLING:
            return Edges::both;
        case HEDDLE_PYB_EVT_RISING:
        case HEDDLE_PYB_EVT_FALLING:
        case HEDDLE_PYB_EVT_RISING_FALLING:
            return Edges::none;
        default:
            raise_value_error(MP_ERROR_TEXT("invalid ExtInt Mode: %d"), mode);
    }
}

devices::Pull pull_of(mp_int_t pull) {
    if (pull < 0 || pull > 2) {
        raise_value_error(MP_ERROR_TEXT("invalid ExtInt Pull: %d"), pull);
    }
    return static_cast<devices::Pull>(pull);
}

const mp_arg_t kArguments[] = {
    {MP_QSTR_pin, MP_ARG_REQUIRED | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
    {MP_QSTR_mode, MP_ARG_REQUIRED | MP_ARG_INT, {.u_int = 0}},
    {MP_QSTR_pull, MP_ARG_REQUIRED | MP_ARG_INT, {.u_int = 0}},
    {MP_QSTR_callback, MP_ARG_REQUIRED | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
};
enum { kPin, kMode, kPull, kCallback };

/// Returns the line.
int set_up(const mp_arg_val_t* values) {
    const devices::PinId pin = pin_of(values[kPin].u_obj);
    const Edges edges = edges_of(values[kMode].u_int);
    const devices::Pull pull = pull_of(values[kPull].u_int);
    const mp_obj_t callback = values[kCallback].u_obj;
    const int line = heddle::mpy::external_line_of(pin);
    if (line < 0) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Pin(%s) has no ExtInt vector"),
                          devices::pin_name(pin));
    }
    if (callback == mp_const_none) {
        heddle::mpy::disconnect(line);
        return line;
    }
    if (heddle::mpy::is_in_use(line)) {
        raise_value_error(MP_ERROR_TEXT("ExtInt vector %d is already in use"), line);
    }
    heddle::mpy::connect(pin, pull, {edges, callback, MP_OBJ_NEW_SMALL_INT(line)});
    return line;
}

bool is_pressed() { return !devices::read_pin(devices::switch_pin()); }

}  // namespace

extern "C" {

mp_obj_t heddle_pyb_ext_int_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw,
                                     const mp_obj_t* args) {
    mp_arg_val_t values[MP_ARRAY_SIZE(kArguments)];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, MP_ARRAY_SIZE(kArguments), kArguments, values);
    auto* object = heddle::mpy::new_object<ExtIntObject>(type);
    object->line = set_up(values);
    return MP_OBJ_FROM_PTR(object);
}

void heddle_pyb_ext_int_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    mp_printf(print, "<ExtInt line=%d>", line_of(self));
}

mp_obj_t heddle_pyb_ext_int_line(mp_obj_t self) { return MP_OBJ_NEW_SMALL_INT(line_of(self)); }

mp_obj_t heddle_pyb_ext_int_enable(mp_obj_t self) {
    heddle::mpy::enable(line_of(self));
    return mp_const_none;
}

mp_obj_t heddle_pyb_ext_int_disable(mp_obj_t self) {
    heddle::mpy::disable(line_of(self));
    return mp_const_none;
}

mp_obj_t heddle_pyb_ext_int_swint(mp_obj_t self) {
    heddle::mpy::raise(line_of(self));
    return mp_const_none;
}

// The board does the pin's part when it starts.
mp_obj_t heddle_pyb_switch_make_new(const mp_obj_type_t*, size_t n_args, size_t n_kw, const mp_obj_t*) {
    mp_arg_check_num(n_args, n_kw, 0, 0, false);
    const devices::PinId pin = devices::switch_pin();
    if (pin == devices::kNoPin) {
        mp_raise_ValueError(MP_ERROR_TEXT("this board has no switch"));
    }
    if (devices::pin_mode(pin) == devices::PinMode::input && devices::pin_pull(pin) == devices::Pull::none) {
        devices::configure_pin(pin, devices::PinMode::input, devices::Pull::up);
    }
    return MP_OBJ_FROM_PTR(&heddle_pyb_switch);
}

void heddle_pyb_switch_print(const mp_print_t* print, mp_obj_t, mp_print_kind_t) {
    mp_print_str(print, "Switch()");
}

mp_obj_t heddle_pyb_switch_call(mp_obj_t, size_t n_args, size_t n_kw, const mp_obj_t*) {
    mp_arg_check_num(n_args, n_kw, 0, 0, false);
    return mp_obj_new_bool(is_pressed());
}

mp_obj_t heddle_pyb_switch_value(mp_obj_t) { return mp_obj_new_bool(is_pressed()); }

mp_obj_t heddle_pyb_switch_callback(mp_obj_t, mp_obj_t callback) {
    const devices::PinId pin = devices::switch_pin();
    if (callback == mp_const_none) {
        heddle::mpy::disconnect(heddle::mpy::external_line_of(pin));
    } else {
        heddle::mpy::connect(pin, devices::Pull::up, {Edges::falling, callback, MP_OBJ_NULL});
    }
    return mp_const_none;
}

}  // extern "C"
