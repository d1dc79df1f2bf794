// `pyb.ExtInt` and `pyb.Switch`: edges of pins as interrupts.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

// As in machine.Pin.
enum {
    HEDDLE_PYB_IRQ_RISING = 0x10110000,
    HEDDLE_PYB_IRQ_FALLING = 0x10210000,
    HEDDLE_PYB_IRQ_RISING_FALLING = 0x10310000,
    HEDDLE_PYB_EVT_RISING = 0x10120000,
    HEDDLE_PYB_EVT_FALLING = 0x10220000,
    HEDDLE_PYB_EVT_RISING_FALLING = 0x10320000,
};

extern const mp_obj_type_t heddle_pyb_ext_int_type;
extern const mp_obj_type_t heddle_pyb_switch_type;
extern const mp_obj_base_t heddle_pyb_switch;  // the only one

mp_obj_t heddle_pyb_ext_int_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw,
                                     const mp_obj_t* args);
void heddle_pyb_ext_int_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_pyb_ext_int_line(mp_obj_t self);
mp_obj_t heddle_pyb_ext_int_enable(mp_obj_t self);
mp_obj_t heddle_pyb_ext_int_disable(mp_obj_t self);
mp_obj_t heddle_pyb_ext_int_swint(mp_obj_t self);

mp_obj_t heddle_pyb_switch_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw,
                                    const mp_obj_t* args);
void heddle_pyb_switch_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_pyb_switch_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t* args);
mp_obj_t heddle_pyb_switch_value(mp_obj_t self);
mp_obj_t heddle_pyb_switch_callback(mp_obj_t self, mp_obj_t callback);

#ifdef __cplusplus
}
#endif
