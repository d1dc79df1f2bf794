// `pyb.LED`.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

enum { HEDDLE_MOST_LEDS = 8 };

// Made before the program begins: LED(1) in a handler allocates nothing.
typedef struct _heddle_pyb_led_t {
    mp_obj_base_t base;
    uint8_t number;  // from 1
} heddle_pyb_led_t;

extern const mp_obj_type_t heddle_pyb_led_type;
extern const heddle_pyb_led_t heddle_pyb_leds[HEDDLE_MOST_LEDS];

mp_obj_t heddle_pyb_led_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw, const mp_obj_t* args);
void heddle_pyb_led_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_pyb_led_on(mp_obj_t self);
mp_obj_t heddle_pyb_led_off(mp_obj_t self);
mp_obj_t heddle_pyb_led_toggle(mp_obj_t self);
mp_obj_t heddle_pyb_led_intensity(size_t n_args, const mp_obj_t* args);

#ifdef __cplusplus
}
#endif
