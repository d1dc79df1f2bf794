// The objects of a board's pins, one a pin, whatever asks for it.
#pragma once

#include "mpy/devices.hpp"
#include "mpy/micropython.hpp"

namespace heddle::mpy {

struct PinObject;

/// What irq() returns, on boards where it returns something.
struct IrqObject {
    mp_obj_base_t base;
    PinObject* pin;
    mp_uint_t trigger;  ///< as the board's numbers
    mp_uint_t flags;    ///< the trigger of the last interrupt
};

struct PinObject {
    mp_obj_base_t base;
    devices::PinId id;
    qstr name;  ///< the processor's name for it
    IrqObject irq;
};

[[nodiscard]] PinObject& pin_object(devices::PinId pin) noexcept;

/// The board's type for pins; null for Pycom's and for no board.
[[nodiscard]] const mp_obj_type_t* pin_type() noexcept;

/// The pin that `object` is or names. Raises what the board raises for others.
[[nodiscard]] PinObject& find_pin(mp_obj_t object);

/// The number in the processor's name, 13 of C13; -1 if the board has no such name for the pin.
[[nodiscard]] int port_bit(const PinObject& pin) noexcept;

/// The STM32's ways to name a pin: the program's own function and dictionary first. Null if none knows it.
/// Raises.
[[nodiscard]] PinObject* find_mapped_pin(mp_obj_t object);

/// The board's numbers for modes, pulls and edges.
struct PinNumbers {
    mp_int_t input, output, open_drain;
    mp_int_t pull_up, pull_down;
    mp_int_t rising, falling;
};
[[nodiscard]] const PinNumbers& pin_numbers() noexcept;

/// As pin_numbers() says.
[[nodiscard]] mp_int_t number_of_mode(devices::PinMode mode) noexcept;
[[nodiscard]] mp_int_t number_of_pull(devices::Pull pull) noexcept;

}  // namespace heddle::mpy
