// How MicroPython lays out objects whose types are in none of its headers.
#pragma once

#include <cstddef>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/objtype.h"
}

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

/// Its type has a name alone.
[[nodiscard]] inline bool is_closure(mp_obj_t function) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(function);
    return type->name == MP_QSTR_closure && mp_obj_is_native_type(type);
}

}  // namespace heddle::host
