// ports/unix/modtime.c with a sleep() that is a wait of the scheduler.
#pragma once

#include "py/runtime.h"

mp_obj_t heddle_time_sleep(mp_obj_t seconds);

#define mp_time_sleep __attribute__((unused)) mp_time_sleep_in_select
#include "ports/unix/modtime.c"
#undef mp_time_sleep

#define mp_time_sleep heddle_time_sleep
