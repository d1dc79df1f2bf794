// `machine.Timer` of Pycom's boards.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

extern const mp_obj_type_t heddle_pycom_timer_type;

mp_obj_t heddle_pycom_sleep_us(mp_obj_t us);

mp_obj_t heddle_alarm_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw, const mp_obj_t* args);
mp_obj_t heddle_alarm_callback(size_t n_args, const mp_obj_t* args, mp_map_t* keywords);
mp_obj_t heddle_alarm_cancel(mp_obj_t self);

mp_obj_t heddle_chrono_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw, const mp_obj_t* args);
mp_obj_t heddle_chrono_start(mp_obj_t self);
mp_obj_t heddle_chrono_stop(mp_obj_t self);
mp_obj_t heddle_chrono_reset(mp_obj_t self);
mp_obj_t heddle_chrono_read(mp_obj_t self);
mp_obj_t heddle_chrono_read_ms(mp_obj_t self);
mp_obj_t heddle_chrono_read_us(mp_obj_t self);

#ifdef __cplusplus
}
#endif
