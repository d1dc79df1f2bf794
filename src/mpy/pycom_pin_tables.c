#include "mpy/pycom_pin.h"

#include "py/runtime.h"

static MP_DEFINE_CONST_OBJ_TYPE(pin_names_type, MP_QSTR_Pins, MP_TYPE_FLAG_NONE, print,
                                heddle_pin_names_print, attr, heddle_pin_names_attr);

static const heddle_pin_names_t pin_module = {{&pin_names_type}, MP_QSTR_cpu, false};
static const heddle_pin_names_t pin_exp_board = {{&pin_names_type}, MP_QSTR_board, true};

static MP_DEFINE_CONST_FUN_OBJ_KW(pin_init_obj, 1, heddle_pycom_pin_init);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(pin_value_obj, 1, 2, heddle_pycom_pin_value);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_toggle_obj, heddle_pycom_pin_toggle);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_id_obj, heddle_pycom_pin_id);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(pin_mode_obj, 1, 2, heddle_pycom_pin_mode);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(pin_pull_obj, 1, 2, heddle_pycom_pin_pull);
static MP_DEFINE_CONST_FUN_OBJ_KW(pin_callback_obj, 1, heddle_pycom_pin_callback);

static const mp_rom_map_elem_t pin_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_init), MP_ROM_PTR(&pin_init_obj)},
    {MP_ROM_QSTR(MP_QSTR_value), MP_ROM_PTR(&pin_value_obj)},
    {MP_ROM_QSTR(MP_QSTR_toggle), MP_ROM_PTR(&pin_toggle_obj)},
    {MP_ROM_QSTR(MP_QSTR_id), MP_ROM_PTR(&pin_id_obj)},
    {MP_ROM_QSTR(MP_QSTR_mode), MP_ROM_PTR(&pin_mode_obj)},
    {MP_ROM_QSTR(MP_QSTR_pull), MP_ROM_PTR(&pin_pull_obj)},
    {MP_ROM_QSTR(MP_QSTR_callback), MP_ROM_PTR(&pin_callback_obj)},
    {MP_ROM_QSTR(MP_QSTR_module), MP_ROM_PTR(&pin_module)},
    {MP_ROM_QSTR(MP_QSTR_exp_board), MP_ROM_PTR(&pin_exp_board)},
    {MP_ROM_QSTR(MP_QSTR_IN), MP_ROM_INT(HEDDLE_PYCOM_IN)},
    {MP_ROM_QSTR(MP_QSTR_OUT), MP_ROM_INT(HEDDLE_PYCOM_OUT)},
    {MP_ROM_QSTR(MP_QSTR_OPEN_DRAIN), MP_ROM_INT(HEDDLE_PYCOM_OPEN_DRAIN)},
    {MP_ROM_QSTR(MP_QSTR_PULL_UP), MP_ROM_INT(HEDDLE_PYCOM_PULL_UP)},
    {MP_ROM_QSTR(MP_QSTR_PULL_DOWN), MP_ROM_INT(HEDDLE_PYCOM_PULL_DOWN)},
    {MP_ROM_QSTR(MP_QSTR_IRQ_FALLING), MP_ROM_INT(HEDDLE_PYCOM_IRQ_FALLING)},
    {MP_ROM_QSTR(MP_QSTR_IRQ_RISING), MP_ROM_INT(HEDDLE_PYCOM_IRQ_RISING)},
    {MP_ROM_QSTR(MP_QSTR_IRQ_LOW_LEVEL), MP_ROM_INT(HEDDLE_PYCOM_IRQ_LOW_LEVEL)},
    {MP_ROM_QSTR(MP_QSTR_IRQ_HIGH_LEVEL), MP_ROM_INT(HEDDLE_PYCOM_IRQ_HIGH_LEVEL)},
};
static MP_DEFINE_CONST_DICT(pin_locals, pin_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_pycom_pin_type, MP_QSTR_Pin, MP_TYPE_FLAG_NONE, make_new,
                         heddle_pycom_pin_make_new, print, heddle_pycom_pin_print, call,
                         heddle_pycom_pin_call, locals_dict, &pin_locals);
