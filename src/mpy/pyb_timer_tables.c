#include "mpy/pyb_timer.h"

#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_KW(timer_init_obj, 1, heddle_pyb_timer_init);
static MP_DEFINE_CONST_FUN_OBJ_1(timer_deinit_obj, heddle_pyb_timer_deinit);
static MP_DEFINE_CONST_FUN_OBJ_2(timer_callback_obj, heddle_pyb_timer_callback);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(timer_counter_obj, 1, 2, heddle_pyb_timer_counter);
static MP_DEFINE_CONST_FUN_OBJ_1(timer_source_freq_obj, heddle_pyb_timer_source_freq);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(timer_freq_obj, 1, 2, heddle_pyb_timer_freq);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(timer_prescaler_obj, 1, 2, heddle_pyb_timer_prescaler);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(timer_period_obj, 1, 2, heddle_pyb_timer_period);

static const mp_rom_map_elem_t timer_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_init), MP_ROM_PTR(&timer_init_obj)},
    {MP_ROM_QSTR(MP_QSTR_deinit), MP_ROM_PTR(&timer_deinit_obj)},
    {MP_ROM_QSTR(MP_QSTR_callback), MP_ROM_PTR(&timer_callback_obj)},
    {MP_ROM_QSTR(MP_QSTR_counter), MP_ROM_PTR(&timer_counter_obj)},
    {MP_ROM_QSTR(MP_QSTR_source_freq), MP_ROM_PTR(&timer_source_freq_obj)},
    {MP_ROM_QSTR(MP_QSTR_freq), MP_ROM_PTR(&timer_freq_obj)},
    {MP_ROM_QSTR(MP_QSTR_prescaler), MP_ROM_PTR(&timer_prescaler_obj)},
    {MP_ROM_QSTR(MP_QSTR_period), MP_ROM_PTR(&timer_period_obj)},
    {MP_ROM_QSTR(MP_QSTR_UP), MP_ROM_INT(HEDDLE_PYB_UP)},
    {MP_ROM_QSTR(MP_QSTR_DOWN), MP_ROM_INT(HEDDLE_PYB_DOWN)},
    {MP_ROM_QSTR(MP_QSTR_CENTER), MP_ROM_INT(HEDDLE_PYB_CENTER)},
    {MP_ROM_QSTR(MP_QSTR_BRK_OFF), MP_ROM_INT(HEDDLE_PYB_BRK_OFF)},
    {MP_ROM_QSTR(MP_QSTR_BRK_LOW), MP_ROM_INT(HEDDLE_PYB_BRK_LOW)},
    {MP_ROM_QSTR(MP_QSTR_BRK_HIGH), MP_ROM_INT(HEDDLE_PYB_BRK_HIGH)},
};
static MP_DEFINE_CONST_DICT(timer_locals, timer_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_pyb_timer_type, MP_QSTR_Timer, MP_TYPE_FLAG_NONE, make_new,
                         heddle_pyb_timer_make_new, print, heddle_pyb_timer_print, locals_dict,
                         &timer_locals);
