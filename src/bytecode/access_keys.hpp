// Keys of dicts and sets, compared without Python. program/ numbers values by them, too.
#pragma once

#include <cstdint>

#include "mpy/micropython.hpp"

namespace heddle::bytecode {

/// The same number for equal keys; for others another one, but by a small chance.
struct KeyNumber {
    std::uint64_t number;
    /// False for objects whose class compares them in Python: then nothing is known.
    bool known;
};

[[nodiscard]] KeyNumber number_of_key(mp_obj_t key) noexcept;

[[nodiscard]] bool is_in_map(const mp_map_t& map, mp_obj_t key) noexcept;
[[nodiscard]] bool is_in_set(const mp_set_t& set, mp_obj_t key) noexcept;

/// The value that a name has; MP_OBJ_NULL if it has none.
[[nodiscard]] mp_obj_t value_of_name(const mp_map_t& map, qstr name) noexcept;

/// Scatters the bits.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) noexcept {
    value = (value ^ (value >> 31)) * 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 29)) * 0xBF58476D1CE4E5B9U;
    return value ^ (value >> 32);
}

}  // namespace heddle::bytecode
