#include "devices/machine_module.h"
#include "mpy/machine_functions.h"
#include "mpy/machine_timer.h"

#include "extmod/modmachine.h"
#include "py/runtime.h"

static MP_DEFINE_CONST_FUN_OBJ_0(machine_init_obj, heddle_machine_init);
static MP_DEFINE_CONST_FUN_OBJ_0(machine_soft_reset_obj, heddle_machine_soft_reset);

static const mp_rom_map_elem_t machine_globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_machine)},
    {MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&machine_init_obj)},
    {MP_ROM_QSTR(MP_QSTR_PinBase), MP_ROM_PTR(&machine_pinbase_type)},
    {MP_ROM_QSTR(MP_QSTR_Signal), MP_ROM_PTR(&machine_signal_type)},
    {MP_ROM_QSTR(MP_QSTR_Timer), MP_ROM_PTR(&heddle_machine_timer_type)},
    {MP_ROM_QSTR(MP_QSTR_disable_irq), MP_ROM_PTR(&heddle_disable_irq_obj)},
    {MP_ROM_QSTR(MP_QSTR_enable_irq), MP_ROM_PTR(&heddle_enable_irq_obj)},
    {MP_ROM_QSTR(MP_QSTR_idle), MP_ROM_PTR(&heddle_idle_obj)},
    {MP_ROM_QSTR(MP_QSTR_mem16), MP_ROM_PTR(&machine_mem16_obj)},
    {MP_ROM_QSTR(MP_QSTR_mem32), MP_ROM_PTR(&machine_mem32_obj)},
    {MP_ROM_QSTR(MP_QSTR_mem8), MP_ROM_PTR(&machine_mem8_obj)},
    {MP_ROM_QSTR(MP_QSTR_reset), MP_ROM_PTR(&machine_reset_obj)},
    {MP_ROM_QSTR(MP_QSTR_reset_cause), MP_ROM_PTR(&machine_reset_cause_obj)},
    {MP_ROM_QSTR(MP_QSTR_soft_reset), MP_ROM_PTR(&machine_soft_reset_obj)},
};
static MP_DEFINE_CONST_DICT(machine_globals, machine_globals_table);

// Its name sorts after that of the port's own module, which it replaces: the last of a kind is taken.
const mp_obj_module_t mp_module_machine_of_heddle = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t*)&machine_globals,
};

MP_REGISTER_EXTENSIBLE_MODULE(MP_QSTR_machine, mp_module_machine_of_heddle);
