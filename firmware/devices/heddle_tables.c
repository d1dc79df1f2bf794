// The module `heddle` of the images: what hardware can tell of itself.
#include "mpy/heddle_module.h"

#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_0(board_statistics_obj, heddle_board_statistics);
static MP_DEFINE_CONST_FUN_OBJ_1(board_getattr_obj, heddle_board_getattr);

static const mp_rom_map_elem_t board_globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_board)},
    {MP_ROM_QSTR(MP_QSTR___getattr__), MP_ROM_PTR(&board_getattr_obj)},
    {MP_ROM_QSTR(MP_QSTR_statistics), MP_ROM_PTR(&board_statistics_obj)},
};
static MP_DEFINE_CONST_DICT(board_globals, board_globals_table);

static const mp_obj_module_t board_module = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t*)&board_globals,
};

static const mp_rom_map_elem_t heddle_globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_heddle)},
    {MP_ROM_QSTR(MP_QSTR_board), MP_ROM_PTR(&board_module)},
};
static MP_DEFINE_CONST_DICT(heddle_globals, heddle_globals_table);

const mp_obj_module_t heddle_module_heddle = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t*)&heddle_globals,
};

MP_REGISTER_MODULE(MP_QSTR_heddle, heddle_module_heddle);
