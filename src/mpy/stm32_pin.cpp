// What only the STM32's `machine.Pin` has.
#include "mpy/machine_pin.h"
#include "mpy/object.hpp"
#include "mpy/pins.hpp"

// MP_OBJ_NULL: None.
MP_REGISTER_ROOT_POINTER(mp_obj_t heddle_pin_mapper);
MP_REGISTER_ROOT_POINTER(mp_obj_t heddle_pin_dict);

namespace {

namespace devices = heddle::devices;
using heddle::mpy::object_of;
using heddle::mpy::PinObject;

PinObject& pin_of(mp_obj_t self) { return object_of<PinObject>(self); }

mp_obj_t get_or_set(mp_obj_t& place, size_t n_args, const mp_obj_t* args) {
    if (n_args > 1) {
        place = args[1] == mp_const_none ? MP_OBJ_NULL : args[1];
        return mp_const_none;
    }
    return place == MP_OBJ_NULL ? mp_const_none : place;
}

mp_obj_t lookup(mp_obj_t dict, mp_obj_t key) {
    const mp_map_elem_t* found = mp_map_lookup(mp_obj_dict_get_map(dict), key, MP_MAP_LOOKUP);
    return found == nullptr ? MP_OBJ_NULL : found->value;
}

}  // namespace

namespace heddle::mpy {

PinObject* find_mapped_pin(mp_obj_t object) {
    if (const mp_obj_t mapper = MP_STATE_VM(heddle_pin_mapper); mapper != MP_OBJ_NULL) {
        const mp_obj_t pin = mp_call_function_1(mapper, object);
        if (pin != mp_const_none) {
            if (!mp_obj_is_type(pin, &heddle_stm32_pin_type)) {
                mp_raise_ValueError(MP_ERROR_TEXT("Pin.mapper didn't return a Pin object"));
            }
            return &pin_of(pin);
        }
    }
    if (const mp_obj_t dict = MP_STATE_VM(heddle_pin_dict); dict != MP_OBJ_NULL) {
        const mp_obj_t pin = lookup(dict, object);
        if (pin != MP_OBJ_NULL && !mp_obj_is_type(pin, &heddle_stm32_pin_type)) {
            mp_raise_ValueError(MP_ERROR_TEXT("Pin.dict didn't have a Pin object"));
        }
        return pin == MP_OBJ_NULL ? nullptr : &pin_of(pin);
    }
    return nullptr;
}

}  // namespace heddle::mpy

extern "C" {

mp_obj_t heddle_pin_mapper(size_t n_args, const mp_obj_t* args) {
    return get_or_set(MP_STATE_VM(heddle_pin_mapper), n_args, args);
}

mp_obj_t heddle_pin_dict(size_t n_args, const mp_obj_t* args) {
    if (n_args > 1 && args[1] != mp_const_none && !mp_obj_is_dict_or_ordereddict(args[1])) {
        mp_raise_TypeError(MP_ERROR_TEXT("Pin.dict needs a dict"));
    }
    return get_or_set(MP_STATE_VM(heddle_pin_dict), n_args, args);
}

mp_obj_t heddle_pin_name(mp_obj_t self) { return MP_OBJ_NEW_QSTR(pin_of(self).name); }

mp_obj_t heddle_pin_names(mp_obj_t self) {
    const mp_obj_t names = mp_obj_new_list(0, nullptr);
    mp_obj_list_append(names, heddle_pin_name(self));
    const mp_map_t& board = heddle_board_pins.map;
    for (size_t i = 0; i < board.alloc; ++i) {
        if (mp_map_slot_is_filled(&board, i) && board.table[i].value == self) {
            mp_obj_list_append(names, board.table[i].key);
        }
    }
    return names;
}

mp_obj_t heddle_pin_port(mp_obj_t self) { return MP_OBJ_NEW_SMALL_INT(*qstr_str(pin_of(self).name) - 'A'); }

mp_obj_t heddle_pin_pin(mp_obj_t self) { return MP_OBJ_NEW_SMALL_INT(heddle::mpy::port_bit(pin_of(self))); }

mp_obj_t heddle_pin_mode(mp_obj_t self) {
    return MP_OBJ_NEW_SMALL_INT(heddle::mpy::number_of_mode(devices::pin_mode(pin_of(self).id)));
}

mp_obj_t heddle_pin_pull(mp_obj_t self) {
    return MP_OBJ_NEW_SMALL_INT(heddle::mpy::number_of_pull(devices::pin_pull(pin_of(self).id)));
}

}  // extern "C"
