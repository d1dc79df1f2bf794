// `machine.Pin` of Pycom's boards.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

extern const mp_obj_type_t heddle_pycom_pin_type;

// What mode(), pull() and callback() take; the board's own numbers.
enum {
    HEDDLE_PYCOM_IN = 1,
    HEDDLE_PYCOM_OUT = 2,
    HEDDLE_PYCOM_OPEN_DRAIN = 7,
    HEDDLE_PYCOM_PULL_UP = 1,
    HEDDLE_PYCOM_PULL_DOWN = 2,
    HEDDLE_PYCOM_IRQ_RISING = 1,
    HEDDLE_PYCOM_IRQ_FALLING = 2,
    HEDDLE_PYCOM_IRQ_LOW_LEVEL = 4,
    HEDDLE_PYCOM_IRQ_HIGH_LEVEL = 5,
};

mp_obj_t heddle_pycom_pin_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw,
                                   const mp_obj_t* args);
void heddle_pycom_pin_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_pycom_pin_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t* args);
mp_obj_t heddle_pycom_pin_init(size_t n_args, const mp_obj_t* args, mp_map_t* keywords);
mp_obj_t heddle_pycom_pin_value(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pycom_pin_toggle(mp_obj_t self);
mp_obj_t heddle_pycom_pin_id(mp_obj_t self);
mp_obj_t heddle_pycom_pin_mode(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pycom_pin_pull(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pycom_pin_callback(size_t n_args, const mp_obj_t* args, mp_map_t* keywords);

// Pin.module and Pin.exp_board: an attribute for each pin, by one kind of its names.
typedef struct _heddle_pin_names_t {
    mp_obj_base_t base;
    uint16_t name;
    bool aliases;
} heddle_pin_names_t;

void heddle_pin_names_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
void heddle_pin_names_attr(mp_obj_t self, qstr attribute, mp_obj_t* destination);

#ifdef __cplusplus
}
#endif
