#include "mpy/machine_pin.h"

#include "extmod/virtpin.h"
#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_KW(pin_init_obj, 1, heddle_pin_init);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(pin_value_obj, 1, 2, heddle_pin_value);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_on_obj, heddle_pin_on);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_off_obj, heddle_pin_off);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_toggle_obj, heddle_pin_toggle);
static MP_DEFINE_CONST_FUN_OBJ_KW(pin_irq_obj, 1, heddle_pin_irq);

static const mp_pin_p_t pin_protocol = {.ioctl = heddle_pin_ioctl};

// Their tables are made at start.
mp_obj_dict_t heddle_board_pins = {.base = {&mp_type_dict}};
mp_obj_dict_t heddle_cpu_pins = {.base = {&mp_type_dict}};

static MP_DEFINE_CONST_OBJ_TYPE(board_pins_type, MP_QSTR_board, MP_TYPE_FLAG_NONE, locals_dict,
                                &heddle_board_pins);
static MP_DEFINE_CONST_OBJ_TYPE(cpu_pins_type, MP_QSTR_cpu, MP_TYPE_FLAG_NONE, locals_dict, &heddle_cpu_pins);

#define PIN_METHODS                                               \
    {MP_ROM_QSTR(MP_QSTR_init), MP_ROM_PTR(&pin_init_obj)},       \
        {MP_ROM_QSTR(MP_QSTR_value), MP_ROM_PTR(&pin_value_obj)}, \
        {MP_ROM_QSTR(MP_QSTR_off), MP_ROM_PTR(&pin_off_obj)},     \
        {MP_ROM_QSTR(MP_QSTR_on), MP_ROM_PTR(&pin_on_obj)},       \
        {MP_ROM_QSTR(MP_QSTR_irq), MP_ROM_PTR(&pin_irq_obj)}, {   \
        MP_ROM_QSTR(MP_QSTR_board), MP_ROM_PTR(&board_pins_type)  \
    }

#define CONSTANT(board, name) \
    { MP_ROM_QSTR(MP_QSTR_##name), MP_ROM_INT(HEDDLE_##board##_PIN_##name) }

#define PIN_CONSTANTS(board)                                                                          \
    CONSTANT(board, IN), CONSTANT(board, OUT), CONSTANT(board, OPEN_DRAIN), CONSTANT(board, PULL_UP), \
        CONSTANT(board, PULL_DOWN), CONSTANT(board, IRQ_RISING), CONSTANT(board, IRQ_FALLING)

// ---- STM32

static MP_DEFINE_CONST_FUN_OBJ_1(pin_name_obj, heddle_pin_name);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_names_obj, heddle_pin_names);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_port_obj, heddle_pin_port);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_pin_obj, heddle_pin_pin);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_mode_obj, heddle_pin_mode);
static MP_DEFINE_CONST_FUN_OBJ_1(pin_pull_obj, heddle_pin_pull);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(pin_mapper_function, 1, 2, heddle_pin_mapper);
static MP_DEFINE_CONST_CLASSMETHOD_OBJ(pin_mapper_obj, MP_ROM_PTR(&pin_mapper_function));
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(pin_dict_function, 1, 2, heddle_pin_dict);
static MP_DEFINE_CONST_CLASSMETHOD_OBJ(pin_dict_obj, MP_ROM_PTR(&pin_dict_function));

static const mp_rom_map_elem_t stm32_pin_locals_table[] = {
    PIN_METHODS,
    {MP_ROM_QSTR(MP_QSTR_low), MP_ROM_PTR(&pin_off_obj)},
    {MP_ROM_QSTR(MP_QSTR_high), MP_ROM_PTR(&pin_on_obj)},
    {MP_ROM_QSTR(MP_QSTR_name), MP_ROM_PTR(&pin_name_obj)},
    {MP_ROM_QSTR(MP_QSTR_names), MP_ROM_PTR(&pin_names_obj)},
    {MP_ROM_QSTR(MP_QSTR_port), MP_ROM_PTR(&pin_port_obj)},
    {MP_ROM_QSTR(MP_QSTR_pin), MP_ROM_PTR(&pin_pin_obj)},
    {MP_ROM_QSTR(MP_QSTR_mode), MP_ROM_PTR(&pin_mode_obj)},
    {MP_ROM_QSTR(MP_QSTR_pull), MP_ROM_PTR(&pin_pull_obj)},
    {MP_ROM_QSTR(MP_QSTR_mapper), MP_ROM_PTR(&pin_mapper_obj)},
    {MP_ROM_QSTR(MP_QSTR_dict), MP_ROM_PTR(&pin_dict_obj)},
    {MP_ROM_QSTR(MP_QSTR_cpu), MP_ROM_PTR(&cpu_pins_type)},
    PIN_CONSTANTS(STM32),
    CONSTANT(STM32, ALT),
    CONSTANT(STM32, ALT_OPEN_DRAIN),
    CONSTANT(STM32, ANALOG),
    {MP_ROM_QSTR(MP_QSTR_OUT_PP), MP_ROM_INT(HEDDLE_STM32_PIN_OUT)},
    {MP_ROM_QSTR(MP_QSTR_OUT_OD), MP_ROM_INT(HEDDLE_STM32_PIN_OPEN_DRAIN)},
    {MP_ROM_QSTR(MP_QSTR_AF_PP), MP_ROM_INT(HEDDLE_STM32_PIN_ALT)},
    {MP_ROM_QSTR(MP_QSTR_AF_OD), MP_ROM_INT(HEDDLE_STM32_PIN_ALT_OPEN_DRAIN)},
    {MP_ROM_QSTR(MP_QSTR_PULL_NONE), MP_ROM_INT(0)},
};
static MP_DEFINE_CONST_DICT(stm32_pin_locals, stm32_pin_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_stm32_pin_type, MP_QSTR_Pin, MP_TYPE_FLAG_NONE, make_new, heddle_pin_make_new,
                         print, heddle_pin_print, call, heddle_pin_call, protocol, &pin_protocol, locals_dict,
                         &stm32_pin_locals);

// ---- RP2040

static const mp_rom_map_elem_t rp2_pin_locals_table[] = {
    PIN_METHODS,
    {MP_ROM_QSTR(MP_QSTR_low), MP_ROM_PTR(&pin_off_obj)},
    {MP_ROM_QSTR(MP_QSTR_high), MP_ROM_PTR(&pin_on_obj)},
    {MP_ROM_QSTR(MP_QSTR_toggle), MP_ROM_PTR(&pin_toggle_obj)},
    {MP_ROM_QSTR(MP_QSTR_cpu), MP_ROM_PTR(&cpu_pins_type)},
    PIN_CONSTANTS(RP2),
    CONSTANT(RP2, ALT),
};
static MP_DEFINE_CONST_DICT(rp2_pin_locals, rp2_pin_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_rp2_pin_type, MP_QSTR_Pin, MP_TYPE_FLAG_NONE, make_new, heddle_pin_make_new,
                         print, heddle_pin_print, call, heddle_pin_call, protocol, &pin_protocol, locals_dict,
                         &rp2_pin_locals);

static MP_DEFINE_CONST_FUN_OBJ_1(irq_flags_obj, heddle_irq_flags);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(irq_trigger_obj, 1, 2, heddle_irq_trigger);

static const mp_rom_map_elem_t rp2_irq_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_flags), MP_ROM_PTR(&irq_flags_obj)},
    {MP_ROM_QSTR(MP_QSTR_trigger), MP_ROM_PTR(&irq_trigger_obj)},
};
static MP_DEFINE_CONST_DICT(rp2_irq_locals, rp2_irq_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_rp2_irq_type, MP_QSTR_irq, MP_TYPE_FLAG_NONE, call, heddle_irq_call,
                         locals_dict, &rp2_irq_locals);

// ---- ESP32

static const mp_rom_map_elem_t esp32_pin_locals_table[] = {
    PIN_METHODS,
    {MP_ROM_QSTR(MP_QSTR_toggle), MP_ROM_PTR(&pin_toggle_obj)},
    PIN_CONSTANTS(ESP32),
    CONSTANT(ESP32, WAKE_LOW),
    CONSTANT(ESP32, WAKE_HIGH),
    {MP_ROM_QSTR(MP_QSTR_DRIVE_0), MP_ROM_INT(0)},
    {MP_ROM_QSTR(MP_QSTR_DRIVE_1), MP_ROM_INT(1)},
    {MP_ROM_QSTR(MP_QSTR_DRIVE_2), MP_ROM_INT(2)},
    {MP_ROM_QSTR(MP_QSTR_DRIVE_3), MP_ROM_INT(3)},
};
static MP_DEFINE_CONST_DICT(esp32_pin_locals, esp32_pin_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_esp32_pin_type, MP_QSTR_Pin, MP_TYPE_FLAG_NONE, make_new, heddle_pin_make_new,
                         print, heddle_pin_print, call, heddle_pin_call, protocol, &pin_protocol, locals_dict,
                         &esp32_pin_locals);

static const mp_rom_map_elem_t esp32_irq_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_trigger), MP_ROM_PTR(&irq_trigger_obj)},
};
static MP_DEFINE_CONST_DICT(esp32_irq_locals, esp32_irq_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(heddle_esp32_irq_type, MP_QSTR_IRQ, MP_TYPE_FLAG_NONE, call, heddle_irq_call,
                         locals_dict, &esp32_irq_locals);

MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(heddle_time_pulse_us_obj, 2, 3, heddle_time_pulse_us);
