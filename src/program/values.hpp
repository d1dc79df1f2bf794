// What stands in shared places, as numbers to compare.
#pragma once

#include <optional>

#include "program/accesses.hpp"

namespace heddle::program {

/// The same number for equal contents of the place, or of all that the access's object holds; for others
/// another one, but by a small chance. Nothing where the content cannot be told. Runs no Python.
[[nodiscard]] std::optional<std::uint64_t> number_of_content(const Access& access) noexcept;

/// Of all locals and what is on the stack.
[[nodiscard]] std::uint64_t number_of_frame(const mp_code_state_t* code, const mp_obj_t* sp) noexcept;

/// Of a value: equal numbers, strings and tuples have one number, other objects theirs alone.
[[nodiscard]] std::uint64_t number_of_value(mp_obj_t value) noexcept;

}  // namespace heddle::program
