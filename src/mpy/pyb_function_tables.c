#include "mpy/pyb_functions.h"

MP_DEFINE_CONST_FUN_OBJ_1(heddle_elapsed_millis_obj, heddle_elapsed_millis);
MP_DEFINE_CONST_FUN_OBJ_1(heddle_elapsed_micros_obj, heddle_elapsed_micros);
