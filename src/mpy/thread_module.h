// Between thread_module.cpp, which has the functions, and thread_tables.c, which has the tables.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

// The longest timeout, in seconds: 2**32 milliseconds, and a small integer on every board.
#define HEDDLE_TIMEOUT_MAX_S (4294967)

extern const mp_obj_type_t heddle_lock_type;
extern const mp_obj_type_t heddle_thread_start_error_type;

void heddle_lock_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_lock_acquire(size_t n_args, const mp_obj_t* args, mp_map_t* keywords);
mp_obj_t heddle_lock_release(mp_obj_t self);
mp_obj_t heddle_lock_locked(mp_obj_t self);
mp_obj_t heddle_lock_enter(mp_obj_t self);
mp_obj_t heddle_lock_exit(size_t n_args, const mp_obj_t* args);

// What a thread was started with, from its fiber's argument.
mp_obj_t heddle_thread_function(const void* argument);

// Is the lock, an object of heddle_lock_type, taken?
bool heddle_lock_is_taken(mp_obj_t lock);

mp_obj_t heddle_thread_allocate_lock(void);
// The board's stacks, in bytes (0: the default of this room), and what starting a thread too many says
// (empty: this room's text; it outlives the program). Once, before the first thread.
void heddle_thread_set_board(size_t default_stack, size_t least_stack, const char* limit_error);

mp_obj_t heddle_thread_start_new_thread(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_thread_exit(void);
mp_obj_t heddle_thread_get_ident(void);
mp_obj_t heddle_thread_stack_size(size_t n_args, const mp_obj_t* args);

#ifdef __cplusplus
}
#endif
