// The STM32's external interrupt lines, 0 to 15: each takes the edges of one pin, of those whose number on
// their port is the line's.
#pragma once

#include "mpy/devices.hpp"
#include "mpy/micropython.hpp"

namespace heddle::mpy {

inline constexpr int kExternalLines = 16;

/// -1 if the pin has none.
[[nodiscard]] int external_line_of(devices::PinId pin) noexcept;

/// Does the line call anybody, whether for ExtInt, for Switch or for a pin's own interrupt?
[[nodiscard]] bool is_in_use(int line) noexcept;

/// Who is called at an edge, as a hard handler, and how.
struct ExternalCall {
    devices::Edges edges;
    mp_obj_t function;
    mp_obj_t argument;  ///< MP_OBJ_NULL: none
};

/// The pin becomes an input, and its line calls from now on; who was called before is not any more. Raises
/// MemoryError.
void connect(devices::PinId pin, devices::Pull pull, const ExternalCall& call);
/// The line calls nobody.
void disconnect(int line) noexcept;

/// Of a line that calls; others ignore it.
void enable(int line) noexcept;
void disable(int line) noexcept;
/// As if the edge had come.
void raise(int line) noexcept;

}  // namespace heddle::mpy
