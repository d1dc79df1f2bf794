// Functions that take a pin take what the board's `machine.Pin(...)` takes first.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

// The identifier of the pin that `pin` is or names. Raises what the board's Pin raises for others.
uint16_t heddle_pin_of(mp_obj_t pin);

#ifdef __cplusplus
}
#endif
