// The interrupts of `machine.Pin`.
#include "mpy/handlers.hpp"
#include "mpy/machine_pin.h"
#include "mpy/object.hpp"
#include "mpy/pins.hpp"

namespace {

namespace devices = heddle::devices;
using devices::Edges;
using devices::Flavour;
using heddle::mpy::Handler;
using heddle::mpy::HandlerKind;
using heddle::mpy::IrqObject;
using heddle::mpy::object_of;
using heddle::mpy::PinObject;
using heddle::mpy::port_bit;

Flavour flavour() { return devices::facts().flavour; }

void listen(PinObject& pin, mp_uint_t trigger);

void print_failure(const Handler& handler, const mp_print_t* print) {
    if (flavour() == Flavour::stm32) {
        mp_printf(print, "uncaught exception in ExtInt interrupt handler line %d",
                  port_bit(object_of<PinObject>(handler.device)));
    } else {
        mp_printf(print, "Uncaught exception in IRQ callback handler");
    }
}

mp_uint_t number_of_edges(Edges edges) {
    const auto& numbers = heddle::mpy::pin_numbers();
    const auto has = [edges](Edges edge) { return (static_cast<int>(edges) & static_cast<int>(edge)) != 0; };
    return static_cast<mp_uint_t>((has(Edges::rising) ? numbers.rising : 0) |
                                  (has(Edges::falling) ? numbers.falling : 0));
}

const HandlerKind kKind = {
    .print_failure = print_failure,
    .failed = [](Handler& handler) { listen(object_of<PinObject>(handler.device), 0); },
    .fired =
        [](Handler& handler) {
            PinObject& pin = object_of<PinObject>(handler.device);
            if (const Edges edges = devices::take_edges(pin.id); edges != Edges::none) {
                pin.irq.flags = number_of_edges(edges);
            }
        },
};

/// Raises for what no board's pin can be triggered by, and for levels, which this board's pins lack.
Edges edges_of(mp_int_t trigger) {
    const auto& numbers = heddle::mpy::pin_numbers();
    if (trigger == (numbers.rising | numbers.falling)) {
        return Edges::both;
    }
    if (trigger == numbers.rising || trigger == numbers.falling) {
        return trigger == numbers.rising ? Edges::rising : Edges::falling;
    }
    if (trigger != 0 || flavour() == Flavour::stm32) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("invalid trigger: %d"),
                          static_cast<int>(trigger));
    }
    return Edges::none;
}

void listen(PinObject& pin, mp_uint_t trigger) {
    pin.irq.trigger = trigger;
    pin.irq.flags = 0;
    const bool ends = trigger == 0;
    devices::watch_pin(pin.id, ends ? Edges::none : edges_of(static_cast<mp_int_t>(trigger)));
}

// ---- the STM32's lines: pins of the same number share one

bool is_taken(const Handler* handler) { return handler != nullptr && handler->function != mp_const_none; }

bool share_line(const PinObject& a, const PinObject& b) {
    return &a == &b || (port_bit(a) >= 0 && port_bit(a) == port_bit(b));
}

void check_line_of(const PinObject& pin) {
    for (std::size_t i = 0; i < devices::pins(); ++i) {
        const PinObject& other = heddle::mpy::pin_object(static_cast<devices::PinId>(i));
        const Handler* handler = heddle::mpy::handler_of(devices::line_of_pin(other.id));
        if (!share_line(pin, other) || !is_taken(handler)) {
            continue;
        }
        if (handler->kind != &kKind) {
            mp_raise_msg_varg(&mp_type_OSError, MP_ERROR_TEXT("ExtInt vector %d is already in use"),
                              port_bit(pin));
        }
        if (&other != &pin) {
            mp_raise_msg_varg(&mp_type_OSError, MP_ERROR_TEXT("IRQ resource already taken by Pin('%q')"),
                              other.name);
        }
    }
}

// ---- irq()

enum { kHandler, kTrigger, kHard, kWake = kHard };

constexpr mp_int_t kBothEdges = INT32_MIN;  // stands for the board's number

// `hard` comes last: boards without it leave it off.
const mp_arg_t kArguments[] = {
    {MP_QSTR_handler, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_trigger, MP_ARG_INT, {.u_int = kBothEdges}},
    {MP_QSTR_hard, MP_ARG_BOOL, {.u_bool = false}},
};

const mp_arg_t kEsp32Arguments[] = {
    {MP_QSTR_handler, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_trigger, MP_ARG_INT, {.u_int = kBothEdges}},
    {MP_QSTR_wake, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
};

void end_irq(PinObject& pin, mp_uint_t trigger) {
    // The handler stays, so that a hard one can end and begin this without the heap.
    Handler* handler = heddle::mpy::handler_of(devices::line_of_pin(pin.id));
    if (handler != nullptr && handler->kind == &kKind) {
        handler->function = mp_const_none;
    }
    listen(pin, 0);
    pin.irq.trigger = flavour() == Flavour::esp32 ? 0 : trigger;
}

void begin_irq(PinObject& pin, mp_obj_t function, mp_uint_t trigger, bool hard) {
    const devices::Context context = hard ? devices::Context::hard : devices::facts().pins.context;
    const mp_obj_t device = MP_OBJ_FROM_PTR(&pin);
    Handler& handler = heddle::mpy::attach(devices::line_of_pin(pin.id), kKind, context, device);
    handler.function = function;
    handler.argument = device;
    listen(pin, trigger);
}

/// Is it about what wakes the board from sleep, which this one has not?
bool is_wake(const mp_arg_val_t* values) {
    const mp_int_t trigger = values[kTrigger].u_int;
    if ((trigger != HEDDLE_ESP32_PIN_WAKE_LOW && trigger != HEDDLE_ESP32_PIN_WAKE_HIGH) ||
        values[kWake].u_obj == mp_const_none) {
        return false;
    }
    mp_int_t wake = 0;
    if (!mp_obj_get_int_maybe(values[kWake].u_obj, &wake) || wake < 2 || wake > 7) {
        mp_raise_ValueError(MP_ERROR_TEXT("bad wake value"));
    }
    return true;
}

void irq(PinObject& pin, size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    const bool is_esp32 = flavour() == Flavour::esp32;
    constexpr size_t kAll = MP_ARRAY_SIZE(kArguments);
    mp_arg_val_t values[kAll];
    values[kHard].u_bool = false;
    mp_arg_parse_all(n_args, args, keywords, is_esp32 || devices::facts().pins.may_be_hard ? kAll : kAll - 1,
                     is_esp32 ? kEsp32Arguments : kArguments, values);
    if (n_args == 0 && keywords->used == 0) {
        return;
    }
    if (is_esp32 && is_wake(values)) {
        return;
    }
    if (values[kTrigger].u_int == kBothEdges) {
        values[kTrigger].u_int = heddle::mpy::pin_numbers().rising | heddle::mpy::pin_numbers().falling;
    }
    if (flavour() == Flavour::stm32) {
        check_line_of(pin);
    }
    static_cast<void>(edges_of(values[kTrigger].u_int));  // refused before anything is changed
    const auto trigger = static_cast<mp_uint_t>(values[kTrigger].u_int);
    if (values[kHandler].u_obj == mp_const_none) {
        end_irq(pin, trigger);
    } else {
        begin_irq(pin, values[kHandler].u_obj, trigger, !is_esp32 && values[kHard].u_bool);
    }
}

IrqObject& irq_of(mp_obj_t self) { return object_of<IrqObject>(self); }

}  // namespace

extern "C" {

mp_obj_t heddle_pin_irq(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    PinObject& pin = object_of<PinObject>(args[0]);
    irq(pin, n_args - 1, args + 1, keywords);
    return flavour() == Flavour::stm32 ? mp_const_none : MP_OBJ_FROM_PTR(&pin.irq);
}

mp_obj_t heddle_irq_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t*) {
    mp_arg_check_num(n_args, n_kw, 0, 0, false);
    heddle::mpy::serve(devices::line_of_pin(irq_of(self).pin->id));
    return mp_const_none;
}

mp_obj_t heddle_irq_flags(mp_obj_t self) { return mp_obj_new_int_from_uint(irq_of(self).flags); }

mp_obj_t heddle_irq_trigger(size_t n_args, const mp_obj_t* args) {
    IrqObject& irq = irq_of(args[0]);
    const mp_obj_t before = mp_obj_new_int_from_uint(irq.trigger);
    if (n_args == 2) {
        const mp_int_t trigger = mp_obj_get_int(args[1]);
        static_cast<void>(edges_of(trigger));
        listen(*irq.pin, static_cast<mp_uint_t>(trigger));
    }
    return before;
}

}  // extern "C"
