// Functions of `pyb` that are about time, where `time` has no like.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

mp_obj_t heddle_elapsed_millis(mp_obj_t start);
mp_obj_t heddle_elapsed_micros(mp_obj_t start);

extern const mp_obj_fun_builtin_fixed_t heddle_elapsed_millis_obj;
extern const mp_obj_fun_builtin_fixed_t heddle_elapsed_micros_obj;

#ifdef __cplusplus
}
#endif
