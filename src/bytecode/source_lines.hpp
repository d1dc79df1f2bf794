// Lines of instructions, as people read the program.
#pragma once

#include "mpy/source_place.hpp"

namespace heddle::bytecode {

/// As mpy::place_of(). MicroPython puts a loop's condition behind the body, under the line of the body's last
/// statement; here it has the line of its `while` or `for`. Allocates nothing; for threads and handlers.
[[nodiscard]] mpy::SourcePlace source_line_of(const mp_obj_fun_bc_t& function, const byte* ip) noexcept;

}  // namespace heddle::bytecode
