// `machine.Pin` of boards that are not Pycom's.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

// The boards' numbers.
enum {
    HEDDLE_STM32_PIN_IN = 0,
    HEDDLE_STM32_PIN_OUT = 1,
    HEDDLE_STM32_PIN_OPEN_DRAIN = 0x11,
    HEDDLE_STM32_PIN_ALT = 2,
    HEDDLE_STM32_PIN_ALT_OPEN_DRAIN = 0x12,
    HEDDLE_STM32_PIN_ANALOG = 3,
    HEDDLE_STM32_PIN_PULL_UP = 1,
    HEDDLE_STM32_PIN_PULL_DOWN = 2,
    HEDDLE_STM32_PIN_IRQ_RISING = 0x10110000,
    HEDDLE_STM32_PIN_IRQ_FALLING = 0x10210000,

    HEDDLE_RP2_PIN_IN = 0,
    HEDDLE_RP2_PIN_OUT = 1,
    HEDDLE_RP2_PIN_OPEN_DRAIN = 2,
    HEDDLE_RP2_PIN_ALT = 3,
    HEDDLE_RP2_PIN_PULL_UP = 1,
    HEDDLE_RP2_PIN_PULL_DOWN = 2,
    HEDDLE_RP2_PIN_IRQ_RISING = 8,
    HEDDLE_RP2_PIN_IRQ_FALLING = 4,

    HEDDLE_ESP32_PIN_IN = 1,
    HEDDLE_ESP32_PIN_OUT = 3,
    HEDDLE_ESP32_PIN_OPEN_DRAIN = 7,
    HEDDLE_ESP32_PIN_PULL_UP = 2,
    HEDDLE_ESP32_PIN_PULL_DOWN = 1,
    HEDDLE_ESP32_PIN_IRQ_RISING = 1,
    HEDDLE_ESP32_PIN_IRQ_FALLING = 2,
    HEDDLE_ESP32_PIN_WAKE_LOW = 4,
    HEDDLE_ESP32_PIN_WAKE_HIGH = 5,
};

extern const mp_obj_type_t heddle_stm32_pin_type;
extern const mp_obj_type_t heddle_rp2_pin_type;
extern const mp_obj_type_t heddle_esp32_pin_type;
extern const mp_obj_type_t heddle_rp2_irq_type;
extern const mp_obj_type_t heddle_esp32_irq_type;

// The contents of Pin.board and Pin.cpu.
extern mp_obj_dict_t heddle_board_pins;
extern mp_obj_dict_t heddle_cpu_pins;

// Makes every pin's object, and the two dictionaries. Once, after mp_init(). Raises MemoryError.
void heddle_make_pins(void);

// machine_pin.cpp
mp_obj_t heddle_pin_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw, const mp_obj_t* args);
void heddle_pin_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t kind);
mp_obj_t heddle_pin_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t* args);
mp_uint_t heddle_pin_ioctl(mp_obj_t self, mp_uint_t request, uintptr_t argument, int* error);
mp_obj_t heddle_pin_init(size_t n_args, const mp_obj_t* args, mp_map_t* keywords);
mp_obj_t heddle_pin_value(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pin_on(mp_obj_t self);
mp_obj_t heddle_pin_off(mp_obj_t self);
mp_obj_t heddle_pin_toggle(mp_obj_t self);

// pin_irq.cpp
mp_obj_t heddle_pin_irq(size_t n_args, const mp_obj_t* args, mp_map_t* keywords);
mp_obj_t heddle_irq_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t* args);
mp_obj_t heddle_irq_flags(mp_obj_t self);
mp_obj_t heddle_irq_trigger(size_t n_args, const mp_obj_t* args);

// stm32_pin.cpp
mp_obj_t heddle_pin_mapper(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pin_dict(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pin_name(mp_obj_t self);
mp_obj_t heddle_pin_names(mp_obj_t self);
mp_obj_t heddle_pin_port(mp_obj_t self);
mp_obj_t heddle_pin_pin(mp_obj_t self);
mp_obj_t heddle_pin_mode(mp_obj_t self);
mp_obj_t heddle_pin_pull(mp_obj_t self);

// time_pulse.cpp
mp_obj_t heddle_time_pulse_us(size_t n_args, const mp_obj_t* args);
extern const mp_obj_fun_builtin_var_t heddle_time_pulse_us_obj;

#ifdef __cplusplus
}
#endif
