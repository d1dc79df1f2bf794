// Functions of `machine` and `pyb` that are about interrupts.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

mp_obj_t heddle_disable_irq(void);
mp_obj_t heddle_enable_irq(mp_obj_t state);
mp_obj_t heddle_pyb_enable_irq(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_pycom_enable_irq(size_t n_args, const mp_obj_t* args);
mp_obj_t heddle_idle(void);

extern const mp_obj_fun_builtin_fixed_t heddle_disable_irq_obj;
extern const mp_obj_fun_builtin_fixed_t heddle_enable_irq_obj;
extern const mp_obj_fun_builtin_var_t heddle_pyb_enable_irq_obj;
extern const mp_obj_fun_builtin_var_t heddle_pycom_enable_irq_obj;
extern const mp_obj_fun_builtin_fixed_t heddle_idle_obj;

// Waits for the next interrupt, for a millisecond at the most: a board's tick ends such waits. Callbacks run
// meanwhile. The platform defines it.
void heddle_wait_for_interrupt(void);

#ifdef __cplusplus
}
#endif
