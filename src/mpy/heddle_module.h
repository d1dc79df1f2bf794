// The module `heddle`: what a program on the simulated board may ask of the world around it.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

extern const mp_obj_type_t heddle_line_type;

mp_obj_t heddle_at_end(mp_obj_t function);

mp_obj_t heddle_board_pin(mp_obj_t pin);
mp_obj_t heddle_board_statistics(void);
mp_obj_t heddle_board_getattr(mp_obj_t name);

// The board's object for the pin; null where it may have several.
mp_obj_t heddle_pin_of_line(mp_obj_t line);
mp_obj_t heddle_line_value(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_line_release(mp_obj_t self);
mp_obj_t heddle_line_name(mp_obj_t self);
void heddle_line_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);

// The function of the i-th at_end(); MP_OBJ_NULL if there were not so many.
mp_obj_t heddle_end_function(size_t i);

#ifdef __cplusplus
}
#endif
