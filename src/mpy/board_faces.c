// Everything that some board's `machine` or `pyb` has.
#include "mpy/board_modules.h"
#include "mpy/machine_functions.h"
#include "mpy/machine_pin.h"
#include "mpy/machine_timer.h"
#include "mpy/pyb_ext_int.h"
#include "mpy/pyb_functions.h"
#include "mpy/pyb_led.h"
#include "mpy/pyb_timer.h"
#include "mpy/pycom_pin.h"
#include "mpy/pycom_timer.h"

#include "extmod/modmachine.h"
#include "extmod/modtime.h"
#include "py/builtin.h"
#include "py/runtime.h"

const heddle_face_t heddle_faces[] = {
    {"machine", MP_QSTR_Pin, HEDDLE_STM32, MP_ROM_PTR(&heddle_stm32_pin_type)},
    {"machine", MP_QSTR_Pin, HEDDLE_RP2, MP_ROM_PTR(&heddle_rp2_pin_type)},
    {"machine", MP_QSTR_Pin, HEDDLE_ESP32, MP_ROM_PTR(&heddle_esp32_pin_type)},
    {"machine", MP_QSTR_Pin, HEDDLE_PYCOM, MP_ROM_PTR(&heddle_pycom_pin_type)},
    {"machine", MP_QSTR_PinBase, HEDDLE_ALL, MP_ROM_PTR(&machine_pinbase_type)},
    {"machine", MP_QSTR_Signal, HEDDLE_ALL, MP_ROM_PTR(&machine_signal_type)},
    {"machine", MP_QSTR_Timer, HEDDLE_STM32 | HEDDLE_RP2, MP_ROM_PTR(&heddle_machine_timer_type)},
    {"machine", MP_QSTR_Timer, HEDDLE_ESP32, MP_ROM_PTR(&heddle_esp32_timer_type)},
    {"machine", MP_QSTR_Timer, HEDDLE_PYCOM, MP_ROM_PTR(&heddle_pycom_timer_type)},
    {"machine", MP_QSTR_disable_irq, HEDDLE_ALL, MP_ROM_PTR(&heddle_disable_irq_obj)},
    {"machine", MP_QSTR_enable_irq, HEDDLE_ALL & ~HEDDLE_PYCOM, MP_ROM_PTR(&heddle_enable_irq_obj)},
    {"machine", MP_QSTR_enable_irq, HEDDLE_PYCOM, MP_ROM_PTR(&heddle_pycom_enable_irq_obj)},
    {"machine", MP_QSTR_idle, HEDDLE_ALL, MP_ROM_PTR(&heddle_idle_obj)},
    {"machine", MP_QSTR_mem16, HEDDLE_ALL, MP_ROM_PTR(&machine_mem16_obj)},
    {"machine", MP_QSTR_mem32, HEDDLE_ALL, MP_ROM_PTR(&machine_mem32_obj)},
    {"machine", MP_QSTR_mem8, HEDDLE_ALL, MP_ROM_PTR(&machine_mem8_obj)},
    {"machine", MP_QSTR_soft_reset, HEDDLE_ALL, MP_ROM_PTR(&mp_sys_exit_obj)},
    {"machine", MP_QSTR_time_pulse_us, HEDDLE_ALL, MP_ROM_PTR(&heddle_time_pulse_us_obj)},
    {"pyb", MP_QSTR_ExtInt, HEDDLE_STM32, MP_ROM_PTR(&heddle_pyb_ext_int_type)},
    {"pyb", MP_QSTR_LED, HEDDLE_STM32, MP_ROM_PTR(&heddle_pyb_led_type)},
    {"pyb", MP_QSTR_Pin, HEDDLE_STM32, MP_ROM_PTR(&heddle_stm32_pin_type)},
    {"pyb", MP_QSTR_Switch, HEDDLE_STM32, MP_ROM_PTR(&heddle_pyb_switch_type)},
    {"pyb", MP_QSTR_Timer, HEDDLE_STM32, MP_ROM_PTR(&heddle_pyb_timer_type)},
    {"pyb", MP_QSTR_delay, HEDDLE_STM32, MP_ROM_PTR(&mp_time_sleep_ms_obj)},
    {"pyb", MP_QSTR_disable_irq, HEDDLE_STM32, MP_ROM_PTR(&heddle_disable_irq_obj)},
    {"pyb", MP_QSTR_elapsed_micros, HEDDLE_STM32, MP_ROM_PTR(&heddle_elapsed_micros_obj)},
    {"pyb", MP_QSTR_elapsed_millis, HEDDLE_STM32, MP_ROM_PTR(&heddle_elapsed_millis_obj)},
    {"pyb", MP_QSTR_enable_irq, HEDDLE_STM32, MP_ROM_PTR(&heddle_pyb_enable_irq_obj)},
    {"pyb", MP_QSTR_micros, HEDDLE_STM32, MP_ROM_PTR(&mp_time_ticks_us_obj)},
    {"pyb", MP_QSTR_millis, HEDDLE_STM32, MP_ROM_PTR(&mp_time_ticks_ms_obj)},
    {"pyb", MP_QSTR_udelay, HEDDLE_STM32, MP_ROM_PTR(&mp_time_sleep_us_obj)},
    {"pyb", MP_QSTR_wfi, HEDDLE_STM32, MP_ROM_PTR(&heddle_idle_obj)},
};

const size_t heddle_face_count = MP_ARRAY_SIZE(heddle_faces);
