#include "mpy/pyb_functions.h"

#include "mpy/micropython.hpp"

namespace {

/// Of the board's 30 bits.
mp_obj_t elapsed(mp_obj_t start, mp_uint_t now) {
    return MP_OBJ_NEW_SMALL_INT((now - static_cast<mp_uint_t>(mp_obj_get_int(start))) & 0x3fffffff);
}

}  // namespace

extern "C" {

mp_obj_t heddle_elapsed_millis(mp_obj_t start) { return elapsed(start, mp_hal_ticks_ms()); }

mp_obj_t heddle_elapsed_micros(mp_obj_t start) { return elapsed(start, mp_hal_ticks_us()); }

}  // extern "C"
