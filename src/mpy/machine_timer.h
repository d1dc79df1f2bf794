// `machine.Timer` of boards that are not Pycom's.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

extern const mp_obj_type_t heddle_machine_timer_type;
extern const mp_obj_type_t heddle_esp32_timer_type;

mp_obj_t heddle_machine_timer_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw,
                                       const mp_obj_t* args);
void heddle_machine_timer_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_machine_timer_init(size_t n_args, const mp_obj_t* args, mp_map_t* keywords);
mp_obj_t heddle_machine_timer_deinit(mp_obj_t self);
mp_obj_t heddle_machine_timer_value(mp_obj_t self);

#ifdef __cplusplus
}
#endif
