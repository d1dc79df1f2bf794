#include "mpy/heddle_module.h"

#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(line_value_obj, 1, 2, heddle_line_value);
static MP_DEFINE_CONST_FUN_OBJ_1(line_release_obj, heddle_line_release);
static MP_DEFINE_CONST_FUN_OBJ_1(line_name_obj, heddle_line_name);

static const mp_rom_map_elem_t line_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_value), MP_ROM_PTR(&line_value_obj)},
    {MP_ROM_QSTR(MP_QSTR_release), MP_ROM_PTR(&line_release_obj)},
    {MP_ROM_QSTR(MP_QSTR_name), MP_ROM_PTR(&line_name_obj)},
};
static MP_DEFINE_CONST_DICT(line_locals, line_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_line_type, MP_QSTR_pin, MP_TYPE_FLAG_NONE, print, heddle_line_print,
                         locals_dict, &line_locals);

static MP_DEFINE_CONST_FUN_OBJ_1(board_pin_obj, heddle_board_pin);
static MP_DEFINE_CONST_FUN_OBJ_0(board_statistics_obj, heddle_board_statistics);
static MP_DEFINE_CONST_FUN_OBJ_1(board_getattr_obj, heddle_board_getattr);

static const mp_rom_map_elem_t board_globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_board)},
    {MP_ROM_QSTR(MP_QSTR___getattr__), MP_ROM_PTR(&board_getattr_obj)},
    {MP_ROM_QSTR(MP_QSTR_pin), MP_ROM_PTR(&board_pin_obj)},
    {MP_ROM_QSTR(MP_QSTR_statistics), MP_ROM_PTR(&board_statistics_obj)},
};
static MP_DEFINE_CONST_DICT(board_globals, board_globals_table);

static const mp_obj_module_t board_module = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t*)&board_globals,
};

static MP_DEFINE_CONST_FUN_OBJ_1(at_end_obj, heddle_at_end);

static const mp_rom_map_elem_t heddle_globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_heddle)},
    {MP_ROM_QSTR(MP_QSTR_at_end), MP_ROM_PTR(&at_end_obj)},
    {MP_ROM_QSTR(MP_QSTR_board), MP_ROM_PTR(&board_module)},
};
static MP_DEFINE_CONST_DICT(heddle_globals, heddle_globals_table);

const mp_obj_module_t heddle_module_heddle = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t*)&heddle_globals,
};

MP_REGISTER_MODULE(MP_QSTR_heddle, heddle_module_heddle);
