// `pyb.Timer`: the STM32's hardware timers.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

// As in the timer's registers.
enum {
    HEDDLE_PYB_UP = 0x00,
    HEDDLE_PYB_DOWN = 0x10,
    HEDDLE_PYB_CENTER = 0x20,
    HEDDLE_PYB_CENTER_LAST = 0x60,  // two more kinds of it differ in what channels do
};

enum { HEDDLE_PYB_BRK_OFF, HEDDLE_PYB_BRK_LOW, HEDDLE_PYB_BRK_HIGH };

extern const mp_obj_type_t heddle_pyb_timer_type;

mp_obj_t heddle_pyb_timer_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw,
                                   const mp_obj_t* args);
void heddle_pyb_timer_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_pyb_timer_init(size_t n_args, const mp_obj_t* args, mp_map_t* keywords);
mp_obj_t heddle_pyb_timer_deinit(mp_obj_t self);
mp_obj_t heddle_pyb_timer_callback(mp_obj_t self, mp_obj_t callback);
mp_obj_t heddle_pyb_timer_counter(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pyb_timer_source_freq(mp_obj_t self);
mp_obj_t heddle_pyb_timer_freq(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pyb_timer_prescaler(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pyb_timer_period(size_t n_args, const mp_obj_t* args);

#ifdef __cplusplus
}
#endif
