// extmod/modtime.c includes it: time.time() of a board without a clock of the day counts from the start.
#pragma once

#include "py/mphal.h"
#include "py/obj.h"

static mp_obj_t mp_time_time_get(void) { return mp_obj_new_int_from_ull(mp_hal_time_ns() / 1000000000); }
