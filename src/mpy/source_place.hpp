// From bytecode back to the line that it was compiled from.
#pragma once

#include <cstddef>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/bc.h"
#include "py/objfun.h"
}

namespace heddle::mpy {

struct SourcePlace {
    const char* file;
    std::size_t line;
    const char* function;
};

/// `ip` is in the function's bytecode, or null for its start. Allocates nothing; for threads and handlers.
[[nodiscard]] SourcePlace place_of(const mp_obj_fun_bc_t& function, const byte* ip) noexcept;

}  // namespace heddle::mpy
