// The pins of Pycom's boards as Python objects.
#pragma once

#include "mpy/devices.hpp"
#include "mpy/object.hpp"
#include "mpy/pycom_pin.h"

namespace heddle::mpy {

/// One a pin, for ever.
struct PycomPin {
    mp_obj_base_t base;
    devices::PinId pin = devices::kNoPin;
    qstr name = 0;
    mp_int_t alternate = -1;
};

inline PycomPin& pycom_pin_of(mp_obj_t self) { return object_of<PycomPin>(self); }

/// The first call makes all pins inputs with a pull-down, as the board does when it starts. Raises
/// MemoryError.
void prepare_pycom_pins();
/// Prepares the pins. Raises MemoryError.
PycomPin& pycom_pin(devices::PinId pin);

[[noreturn]] inline void raise_bad_argument() {
    mp_raise_ValueError(MP_ERROR_TEXT("invalid argument(s) value"));
}

}  // namespace heddle::mpy
