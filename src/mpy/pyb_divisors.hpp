// From what a program says of a hardware timer to its registers, and back: the arithmetic of the STM32 port.
#pragma once

#include <cstdint>

#include "mpy/hardware_counter.hpp"
#include "mpy/micropython.hpp"

namespace heddle::mpy {

/// `most`: the period register's highest value. For a counter that reaches its end `frequency` times a
/// second; an int, or a float, which the board computes in single precision. Raises ValueError.
[[nodiscard]] Divisors divisors_of_frequency(std::uint32_t source_hz, std::uint32_t most, mp_obj_t frequency);
/// For one that reaches it every `ticks` / `tick_hz` seconds. Raises ValueError.
[[nodiscard]] Divisors divisors_of_period(std::uint32_t source_hz, std::uint32_t most, mp_int_t ticks,
                                          mp_int_t tick_hz);

/// A float if it is no whole number. Raises MemoryError.
[[nodiscard]] mp_obj_t frequency_of(std::uint32_t source_hz, Divisors divisors);

/// The argument, if the register takes it. Raise ValueError.
[[nodiscard]] std::uint32_t check_prescaler(mp_int_t prescaler);
[[nodiscard]] std::uint32_t check_period(mp_int_t period, std::uint32_t most);
[[nodiscard]] std::uint32_t check_counter(mp_int_t value, std::uint32_t period);

/// The nearest dead time, not longer, that the register can say.
[[nodiscard]] unsigned deadtime_of_ticks(mp_int_t ticks) noexcept;

}  // namespace heddle::mpy
