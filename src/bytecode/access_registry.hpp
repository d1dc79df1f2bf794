// Built-in functions do not know their names: this finds what the table says of one by its address.
#pragma once

#include "bytecode/access_calls.hpp"

namespace heddle::bytecode {

/// Null if the table lacks it, or if it is no object of a built-in module.
[[nodiscard]] Effect effect_of(mp_obj_t function) noexcept;

}  // namespace heddle::bytecode
