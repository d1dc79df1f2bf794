#include "mpy/pyb_ext_int.h"

#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_1(ext_int_line_obj, heddle_pyb_ext_int_line);
static MP_DEFINE_CONST_FUN_OBJ_1(ext_int_enable_obj, heddle_pyb_ext_int_enable);
static MP_DEFINE_CONST_FUN_OBJ_1(ext_int_disable_obj, heddle_pyb_ext_int_disable);
static MP_DEFINE_CONST_FUN_OBJ_1(ext_int_swint_obj, heddle_pyb_ext_int_swint);

static const mp_rom_map_elem_t ext_int_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_line), MP_ROM_PTR(&ext_int_line_obj)},
    {MP_ROM_QSTR(MP_QSTR_enable), MP_ROM_PTR(&ext_int_enable_obj)},
    {MP_ROM_QSTR(MP_QSTR_disable), MP_ROM_PTR(&ext_int_disable_obj)},
    {MP_ROM_QSTR(MP_QSTR_swint), MP_ROM_PTR(&ext_int_swint_obj)},
    {MP_ROM_QSTR(MP_QSTR_IRQ_RISING), MP_ROM_INT(HEDDLE_PYB_IRQ_RISING)},
    {MP_ROM_QSTR(MP_QSTR_IRQ_FALLING), MP_ROM_INT(HEDDLE_PYB_IRQ_FALLING)},
    {MP_ROM_QSTR(MP_QSTR_IRQ_RISING_FALLING), MP_ROM_INT(HEDDLE_PYB_IRQ_RISING_FALLING)},
    {MP_ROM_QSTR(MP_QSTR_EVT_RISING), MP_ROM_INT(HEDDLE_PYB_EVT_RISING)},
    {MP_ROM_QSTR(MP_QSTR_EVT_FALLING), MP_ROM_INT(HEDDLE_PYB_EVT_FALLING)},
    {MP_ROM_QSTR(MP_QSTR_EVT_RISING_FALLING), MP_ROM_INT(HEDDLE_PYB_EVT_RISING_FALLING)},
};
static MP_DEFINE_CONST_DICT(ext_int_locals, ext_int_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_pyb_ext_int_type, MP_QSTR_ExtInt, MP_TYPE_FLAG_NONE, make_new,
                         heddle_pyb_ext_int_make_new, print, heddle_pyb_ext_int_print, locals_dict,
                         &ext_int_locals);

static MP_DEFINE_CONST_FUN_OBJ_1(switch_value_obj, heddle_pyb_switch_value);
static MP_DEFINE_CONST_FUN_OBJ_2(switch_callback_obj, heddle_pyb_switch_callback);

static const mp_rom_map_elem_t switch_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_value), MP_ROM_PTR(&switch_value_obj)},
    {MP_ROM_QSTR(MP_QSTR_callback), MP_ROM_PTR(&switch_callback_obj)},
};
static MP_DEFINE_CONST_DICT(switch_locals, switch_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_pyb_switch_type, MP_QSTR_Switch, MP_TYPE_FLAG_NONE, make_new,
                         heddle_pyb_switch_make_new, print, heddle_pyb_switch_print, call,
                         heddle_pyb_switch_call, locals_dict, &switch_locals);

const mp_obj_base_t heddle_pyb_switch = {&heddle_pyb_switch_type};
