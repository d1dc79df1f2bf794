// Between mutex_module.cpp, which has the functions, and mutex_tables.c, which has the tables.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

extern const mp_obj_type_t heddle_mutex_type;

// Does a mutex print as locked or unlocked? Ports without threads are the small ones.
#define HEDDLE_MUTEX_SHOWS_STATE (MICROPY_PY_THREAD)

// Is the mutex, an object of heddle_mutex_type, taken?
bool heddle_mutex_is_taken(mp_obj_t mutex);

mp_obj_t heddle_mutex_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw, const mp_obj_t* args);
void heddle_mutex_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_mutex_test(mp_obj_t self);
mp_obj_t heddle_mutex_release(mp_obj_t self);
mp_obj_t heddle_mutex_enter(mp_obj_t self);
mp_obj_t heddle_mutex_exit(size_t n_args, const mp_obj_t* args);

#ifdef __cplusplus
}
#endif
