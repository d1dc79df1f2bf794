// Static tables of the module `mutex`, in C since MicroPython's macros for them are not C++.
#include "mpy/mutex_module.h"

#include "py/obj.h"
#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_1(mutex_test_obj, heddle_mutex_test);
static MP_DEFINE_CONST_FUN_OBJ_1(mutex_release_obj, heddle_mutex_release);
static MP_DEFINE_CONST_FUN_OBJ_1(mutex_enter_obj, heddle_mutex_enter);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(mutex_exit_obj, 4, 4, heddle_mutex_exit);

static const mp_rom_map_elem_t mutex_methods_table[] = {
    {MP_ROM_QSTR(MP_QSTR_test), MP_ROM_PTR(&mutex_test_obj)},
    {MP_ROM_QSTR(MP_QSTR_release), MP_ROM_PTR(&mutex_release_obj)},
    {MP_ROM_QSTR(MP_QSTR___enter__), MP_ROM_PTR(&mutex_enter_obj)},
    {MP_ROM_QSTR(MP_QSTR___exit__), MP_ROM_PTR(&mutex_exit_obj)},
};
static MP_DEFINE_CONST_DICT(mutex_methods, mutex_methods_table);

#if HEDDLE_MUTEX_SHOWS_STATE
MP_DEFINE_CONST_OBJ_TYPE(heddle_mutex_type, MP_QSTR_Mutex, MP_TYPE_FLAG_NONE, make_new, heddle_mutex_make_new,
                         print, heddle_mutex_print, locals_dict, &mutex_methods);
#else
MP_DEFINE_CONST_OBJ_TYPE(heddle_mutex_type, MP_QSTR_Mutex, MP_TYPE_FLAG_NONE, make_new, heddle_mutex_make_new,
                         locals_dict, &mutex_methods);
#endif

static const mp_rom_map_elem_t mutex_globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_mutex)},
    {MP_ROM_QSTR(MP_QSTR_Mutex), MP_ROM_PTR(&heddle_mutex_type)},
};
static MP_DEFINE_CONST_DICT(mutex_globals, mutex_globals_table);

const mp_obj_module_t heddle_module_mutex = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t*)&mutex_globals,
};

MP_REGISTER_MODULE(MP_QSTR_mutex, heddle_module_mutex);
