#include "mpy/heddle_module.h"

#include "mpy/object.hpp"
#include "mpy/pin_argument.h"
#include "mpy/pins.hpp"

extern "C" {
#include "py/objlist.h"
}

// A list, or null.
MP_REGISTER_ROOT_POINTER(mp_obj_t heddle_end_functions);

namespace {

namespace devices = heddle::devices;

/// What is connected to a pin from outside.
struct LineObject {
    mp_obj_base_t base;
    devices::PinId pin = devices::kNoPin;
};

LineObject& line_of(mp_obj_t self) { return heddle::mpy::object_of<LineObject>(self); }

devices::PinId named_or_numbered(mp_obj_t object) {
    if (mp_obj_is_int(object)) {
        return devices::pin_numbered(mp_obj_get_int(object));
    }
    size_t length = 0;
    const char* name = mp_obj_str_get_data(object, &length);
    return devices::pin_named(name, length);
}

/// For boards whose Pin(id) is not that of pins.hpp.
devices::PinId pin_of_other_board(mp_obj_t object) {
    const devices::PinId pin = named_or_numbered(object);
    if (pin == devices::kNoPin) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("the board %s has no such pin"),
                          devices::facts().name);
    }
    return pin;
}

}  // namespace

extern "C" {

mp_obj_t heddle_at_end(mp_obj_t function) {
    if (!mp_obj_is_callable(function)) {
        mp_raise_TypeError(MP_ERROR_TEXT("at_end needs a function"));
    }
    if (MP_STATE_VM(heddle_end_functions) == MP_OBJ_NULL) {
        MP_STATE_VM(heddle_end_functions) = mp_obj_new_list(0, nullptr);
    }
    mp_obj_list_append(MP_STATE_VM(heddle_end_functions), function);
    return function;
}

mp_obj_t heddle_end_function(size_t i) {
    if (MP_STATE_VM(heddle_end_functions) == MP_OBJ_NULL) {
        return MP_OBJ_NULL;
    }
    const auto* list = static_cast<mp_obj_list_t*>(MP_OBJ_TO_PTR(MP_STATE_VM(heddle_end_functions)));
    return i < list->len ? list->items[i] : MP_OBJ_NULL;
}

mp_obj_t heddle_board_pin(mp_obj_t pin) {
    auto* line = heddle::mpy::new_object<LineObject>(&heddle_line_type);
    line->pin = heddle::mpy::pin_type() != nullptr ? heddle_pin_of(pin) : pin_of_other_board(pin);
    devices::connect_to_program(line->pin);
    return MP_OBJ_FROM_PTR(line);
}

mp_obj_t heddle_pin_of_line(mp_obj_t line) {
    return heddle::mpy::pin_type() == nullptr ? MP_OBJ_NULL
                                              : MP_OBJ_FROM_PTR(&heddle::mpy::pin_object(line_of(line).pin));
}

mp_obj_t heddle_line_value(size_t n_args, const mp_obj_t* args) {
    const devices::PinId pin = line_of(args[0]).pin;
    if (n_args == 1) {
        return MP_OBJ_NEW_SMALL_INT(devices::read_pin(pin) ? 1 : 0);
    }
    devices::drive_pin(pin, mp_obj_is_true(args[1]) ? devices::Drive::high : devices::Drive::low);
    return mp_const_none;
}

mp_obj_t heddle_line_release(mp_obj_t self) {
    devices::drive_pin(line_of(self).pin, devices::Drive::released);
    return mp_const_none;
}

mp_obj_t heddle_line_name(mp_obj_t self) {
    return mp_obj_new_str_from_cstr(devices::pin_name(line_of(self).pin));
}

void heddle_line_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    mp_printf(print, "pin('%s')", devices::pin_name(line_of(self).pin));
}

}  // extern "C"
