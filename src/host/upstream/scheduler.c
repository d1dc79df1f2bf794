// py/scheduler.c that tells a thread's callbacks from what they interrupt.
#include "py/mpconfig.h"
#include "py/runtime.h"

mp_obj_t heddle_call_callback(mp_obj_t function, mp_obj_t argument);
#define mp_call_function_1_protected heddle_call_callback

#include "py/scheduler.c"
