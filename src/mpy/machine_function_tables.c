#include "mpy/machine_functions.h"

MP_DEFINE_CONST_FUN_OBJ_0(heddle_disable_irq_obj, heddle_disable_irq);
MP_DEFINE_CONST_FUN_OBJ_1(heddle_enable_irq_obj, heddle_enable_irq);
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(heddle_pyb_enable_irq_obj, 0, 1, heddle_pyb_enable_irq);
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(heddle_pycom_enable_irq_obj, 0, 1, heddle_pycom_enable_irq);
MP_DEFINE_CONST_FUN_OBJ_0(heddle_idle_obj, heddle_idle);
