// `Pin.callback` of Pycom's boards.
#include "mpy/handlers.hpp"
#include "mpy/pycom_pin_object.hpp"

namespace {

namespace devices = heddle::devices;
using heddle::mpy::Handler;
using heddle::mpy::HandlerKind;
using heddle::mpy::pycom_pin_of;

// The triggers of both edges together.
constexpr mp_int_t kBothEdges = HEDDLE_PYCOM_IRQ_RISING | HEDDLE_PYCOM_IRQ_FALLING;

/// A level raises as it begins.
devices::Edges edges_of(mp_int_t trigger) {
    switch (trigger) {
        case HEDDLE_PYCOM_IRQ_RISING:
        case HEDDLE_PYCOM_IRQ_HIGH_LEVEL:
            return devices::Edges::rising;
        case HEDDLE_PYCOM_IRQ_FALLING:
        case HEDDLE_PYCOM_IRQ_LOW_LEVEL:
            return devices::Edges::falling;
        case kBothEdges:
            return devices::Edges::both;
        default:
            heddle::mpy::raise_bad_argument();
    }
}

bool has_begun(devices::PinId pin, mp_int_t trigger) {
    const bool high = devices::read_pin(pin);
    return (trigger == HEDDLE_PYCOM_IRQ_HIGH_LEVEL && high) ||
           (trigger == HEDDLE_PYCOM_IRQ_LOW_LEVEL && !high);
}

const HandlerKind kKind = {
    .print_failure =
        [](const Handler&, const mp_print_t* print) {
            mp_printf(print, "Unhandled exception in callback handler");
        },
    .failed =
        [](Handler& handler) { devices::watch_pin(pycom_pin_of(handler.device).pin, devices::Edges::none); },
    .fired = nullptr,
};

void remove(devices::PinId pin) {
    devices::watch_pin(pin, devices::Edges::none);
    if (Handler* handler = heddle::mpy::handler_of(devices::line_of_pin(pin)); handler != nullptr) {
        handler->function = mp_const_none;
    }
}

void set(mp_obj_t self, mp_int_t trigger, mp_obj_t function, mp_obj_t argument) {
    const devices::PinId pin = pycom_pin_of(self).pin;
    const devices::Edges edges = edges_of(trigger);
    if (!mp_obj_is_callable(function)) {
        mp_raise_TypeError(MP_ERROR_TEXT("handler must be callable or None"));
    }
    devices::watch_pin(pin, devices::Edges::none);
    Handler& handler =
        heddle::mpy::attach(devices::line_of_pin(pin), kKind, devices::facts().pins.context, self);
    handler.function = function;
    handler.argument = argument == mp_const_none ? self : argument;
    devices::watch_pin(pin, edges);
    if (has_begun(pin, trigger)) {
        devices::raise_line(devices::line_of_pin(pin));
    }
}

}  // namespace

extern "C" mp_obj_t heddle_pycom_pin_callback(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    enum { kTrigger, kHandler, kArg };
    static const mp_arg_t allowed[] = {
        {MP_QSTR_trigger, MP_ARG_INT, {.u_int = 0}},
        {MP_QSTR_handler, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
        {MP_QSTR_arg, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    };
    mp_arg_val_t values[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args - 1, args + 1, keywords, MP_ARRAY_SIZE(allowed), allowed, values);
    if (values[kTrigger].u_int == 0 || values[kHandler].u_obj == mp_const_none) {
        remove(pycom_pin_of(args[0]).pin);
    } else {
        set(args[0], values[kTrigger].u_int, values[kHandler].u_obj, values[kArg].u_obj);
    }
    return mp_const_none;
}
