// Operators, and whether something is true. Only bytecode/access*.cpp include this.
#pragma once

#include "bytecode/accesses.hpp"

namespace heddle::bytecode {

void binary_operator(Accesses& out, mp_binary_op_t op, mp_obj_t left, mp_obj_t right) noexcept;
void ask_truth(Accesses& out, mp_obj_t object) noexcept;

}  // namespace heddle::bytecode
