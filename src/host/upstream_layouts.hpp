// How MicroPython lays out objects whose types are in none of its headers.
#pragma once

#include <cstddef>

#include "mpy/micropython.hpp"

namespace heddle::host {

/// py/objboundmeth.c's.
struct BoundMethod {
    mp_obj_base_t base;
    mp_obj_t method;
    mp_obj_t self;
};

/// py/objclosure.c's, whose variables follow.
struct Closure {
    mp_obj_base_t base;
    mp_obj_t function;
    std::size_t variables;
};

}  // namespace heddle::host
