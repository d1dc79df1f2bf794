// Static tables of the module `_thread`, in C since MicroPython's macros for them are not C++.
#include "mpy/thread_module.h"

#include "py/objexcept.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#if MICROPY_PY_THREAD

static MP_DEFINE_CONST_FUN_OBJ_KW(lock_acquire_obj, 1, heddle_lock_acquire);
static MP_DEFINE_CONST_FUN_OBJ_1(lock_release_obj, heddle_lock_release);
static MP_DEFINE_CONST_FUN_OBJ_1(lock_locked_obj, heddle_lock_locked);
static MP_DEFINE_CONST_FUN_OBJ_1(lock_enter_obj, heddle_lock_enter);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(lock_exit_obj, 4, 4, heddle_lock_exit);

static const mp_rom_map_elem_t lock_methods_table[] = {
    {MP_ROM_QSTR(MP_QSTR_acquire), MP_ROM_PTR(&lock_acquire_obj)},
    {MP_ROM_QSTR(MP_QSTR_release), MP_ROM_PTR(&lock_release_obj)},
    {MP_ROM_QSTR(MP_QSTR_locked), MP_ROM_PTR(&lock_locked_obj)},
    {MP_ROM_QSTR(MP_QSTR___enter__), MP_ROM_PTR(&lock_enter_obj)},
    {MP_ROM_QSTR(MP_QSTR___exit__), MP_ROM_PTR(&lock_exit_obj)},
};
static MP_DEFINE_CONST_DICT(lock_methods, lock_methods_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_lock_type, MP_QSTR_lock, MP_TYPE_FLAG_NONE, print, heddle_lock_print,
                         locals_dict, &lock_methods);

// Caught as RuntimeError, which the reference page promises, and as OSError, which existing programs expect.
static const mp_rom_obj_tuple_t thread_start_error_bases = {
    {&mp_type_tuple}, 2, {MP_ROM_PTR(&mp_type_RuntimeError), MP_ROM_PTR(&mp_type_OSError)}};

MP_DEFINE_CONST_OBJ_TYPE(heddle_thread_start_error_type, MP_QSTR_ThreadStartError, MP_TYPE_FLAG_NONE,
                         make_new, mp_obj_exception_make_new, print, mp_obj_exception_print, attr,
                         mp_obj_exception_attr, parent, &thread_start_error_bases);

static MP_DEFINE_CONST_FUN_OBJ_0(thread_allocate_lock_obj, heddle_thread_allocate_lock);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(thread_start_new_thread_obj, 2, 3, heddle_thread_start_new_thread);
static MP_DEFINE_CONST_FUN_OBJ_0(thread_exit_obj, heddle_thread_exit);
static MP_DEFINE_CONST_FUN_OBJ_0(thread_get_ident_obj, heddle_thread_get_ident);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(thread_stack_size_obj, 0, 1, heddle_thread_stack_size);

static const mp_rom_map_elem_t thread_globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__thread)},
    {MP_ROM_QSTR(MP_QSTR_LockType), MP_ROM_PTR(&heddle_lock_type)},
    {MP_ROM_QSTR(MP_QSTR_TIMEOUT_MAX), MP_ROM_INT(HEDDLE_TIMEOUT_MAX_S)},
    {MP_ROM_QSTR(MP_QSTR_allocate_lock), MP_ROM_PTR(&thread_allocate_lock_obj)},
    {MP_ROM_QSTR(MP_QSTR_error), MP_ROM_PTR(&mp_type_RuntimeError)},
    {MP_ROM_QSTR(MP_QSTR_exit), MP_ROM_PTR(&thread_exit_obj)},
    {MP_ROM_QSTR(MP_QSTR_get_ident), MP_ROM_PTR(&thread_get_ident_obj)},
    {MP_ROM_QSTR(MP_QSTR_stack_size), MP_ROM_PTR(&thread_stack_size_obj)},
    {MP_ROM_QSTR(MP_QSTR_start_new_thread), MP_ROM_PTR(&thread_start_new_thread_obj)},
};
static MP_DEFINE_CONST_DICT(thread_globals, thread_globals_table);

// Of two registrations of one module name the one stays whose object's name sorts last: after
// mp_module_thread, which a port may have built in.
const mp_obj_module_t thread_module_of_heddle = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t*)&thread_globals,
};

MP_REGISTER_MODULE(MP_QSTR__thread, thread_module_of_heddle);

#endif  // MICROPY_PY_THREAD
