#include "mpy/pyb_led.h"

#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_1(led_on_obj, heddle_pyb_led_on);
static MP_DEFINE_CONST_FUN_OBJ_1(led_off_obj, heddle_pyb_led_off);
static MP_DEFINE_CONST_FUN_OBJ_1(led_toggle_obj, heddle_pyb_led_toggle);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(led_intensity_obj, 1, 2, heddle_pyb_led_intensity);

static const mp_rom_map_elem_t led_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_on), MP_ROM_PTR(&led_on_obj)},
    {MP_ROM_QSTR(MP_QSTR_off), MP_ROM_PTR(&led_off_obj)},
    {MP_ROM_QSTR(MP_QSTR_toggle), MP_ROM_PTR(&led_toggle_obj)},
    {MP_ROM_QSTR(MP_QSTR_intensity), MP_ROM_PTR(&led_intensity_obj)},
};
static MP_DEFINE_CONST_DICT(led_locals, led_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_pyb_led_type, MP_QSTR_LED, MP_TYPE_FLAG_NONE, make_new,
                         heddle_pyb_led_make_new, print, heddle_pyb_led_print, locals_dict, &led_locals);

const heddle_pyb_led_t heddle_pyb_leds[HEDDLE_MOST_LEDS] = {
    {{&heddle_pyb_led_type}, 1}, {{&heddle_pyb_led_type}, 2}, {{&heddle_pyb_led_type}, 3},
    {{&heddle_pyb_led_type}, 4}, {{&heddle_pyb_led_type}, 5}, {{&heddle_pyb_led_type}, 6},
    {{&heddle_pyb_led_type}, 7}, {{&heddle_pyb_led_type}, 8},
};
