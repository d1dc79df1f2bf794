#include "mpy/pycom_timer.h"

#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_KW(alarm_callback_obj, 1, heddle_alarm_callback);
static MP_DEFINE_CONST_FUN_OBJ_1(alarm_cancel_obj, heddle_alarm_cancel);

static const mp_rom_map_elem_t alarm_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___del__), MP_ROM_PTR(&alarm_cancel_obj)},
    {MP_ROM_QSTR(MP_QSTR_callback), MP_ROM_PTR(&alarm_callback_obj)},
    {MP_ROM_QSTR(MP_QSTR_cancel), MP_ROM_PTR(&alarm_cancel_obj)},
};
static MP_DEFINE_CONST_DICT(alarm_locals, alarm_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(alarm_type, MP_QSTR_Alarm, MP_TYPE_FLAG_NONE, make_new, heddle_alarm_make_new,
                                locals_dict, &alarm_locals);

static MP_DEFINE_CONST_FUN_OBJ_1(chrono_start_obj, heddle_chrono_start);
static MP_DEFINE_CONST_FUN_OBJ_1(chrono_stop_obj, heddle_chrono_stop);
static MP_DEFINE_CONST_FUN_OBJ_1(chrono_reset_obj, heddle_chrono_reset);
static MP_DEFINE_CONST_FUN_OBJ_1(chrono_read_obj, heddle_chrono_read);
static MP_DEFINE_CONST_FUN_OBJ_1(chrono_read_ms_obj, heddle_chrono_read_ms);
static MP_DEFINE_CONST_FUN_OBJ_1(chrono_read_us_obj, heddle_chrono_read_us);

static const mp_rom_map_elem_t chrono_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_read), MP_ROM_PTR(&chrono_read_obj)},
    {MP_ROM_QSTR(MP_QSTR_read_ms), MP_ROM_PTR(&chrono_read_ms_obj)},
    {MP_ROM_QSTR(MP_QSTR_read_us), MP_ROM_PTR(&chrono_read_us_obj)},
    {MP_ROM_QSTR(MP_QSTR_start), MP_ROM_PTR(&chrono_start_obj)},
    {MP_ROM_QSTR(MP_QSTR_stop), MP_ROM_PTR(&chrono_stop_obj)},
    {MP_ROM_QSTR(MP_QSTR_reset), MP_ROM_PTR(&chrono_reset_obj)},
};
static MP_DEFINE_CONST_DICT(chrono_locals, chrono_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(chrono_type, MP_QSTR_Chrono, MP_TYPE_FLAG_NONE, make_new,
                                heddle_chrono_make_new, locals_dict, &chrono_locals);

static MP_DEFINE_CONST_FUN_OBJ_1(sleep_us_function_obj, heddle_pycom_sleep_us);
static MP_DEFINE_CONST_STATICMETHOD_OBJ(sleep_us_obj, MP_ROM_PTR(&sleep_us_function_obj));

static const mp_rom_map_elem_t timer_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_Alarm), MP_ROM_PTR(&alarm_type)},
    {MP_ROM_QSTR(MP_QSTR_Chrono), MP_ROM_PTR(&chrono_type)},
    {MP_ROM_QSTR(MP_QSTR_sleep_us), MP_ROM_PTR(&sleep_us_obj)},
};
static MP_DEFINE_CONST_DICT(timer_locals, timer_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_pycom_timer_type, MP_QSTR_Timer, MP_TYPE_FLAG_NONE, locals_dict,
                         &timer_locals);
