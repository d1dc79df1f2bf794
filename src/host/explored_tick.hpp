// Where a search looks at each opcode.
#pragma once

#include "mpy/micropython.hpp"

extern "C" {
#include "py/bc.h"
}

namespace heddle::host {

/// Called before each opcode while heddle_vm_hooked is set, instead of serving the board. Null: nobody
/// explores.
extern void (*explored_tick)(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp);

}  // namespace heddle::host
