// Operators, and whether something is true. Only host/access*.cpp include this.
#pragma once

#include "host/accesses.hpp"

namespace heddle::host {

void binary_operator(Accesses& out, mp_binary_op_t op, mp_obj_t left, mp_obj_t right) noexcept;
void ask_truth(Accesses& out, mp_obj_t object) noexcept;

}  // namespace heddle::host
