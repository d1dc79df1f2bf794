// How MicroPython lays out objects whose types are in none of its headers.
#pragma once

#include <cstddef>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/bc.h"
#include "py/objtype.h"
#include "py/ringbuf.h"
}

namespace heddle::bytecode {

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

/// py/objdeque.c's, as far as it matters here.
struct Deque {
    mp_obj_base_t base;
    std::size_t places;
    std::size_t first;
    std::size_t end;
    const mp_obj_t* items;
};

[[nodiscard]] inline bool is_deque(mp_obj_t object) noexcept {
    return mp_obj_get_type(object)->name == MP_QSTR_deque;
}

/// py/objringio.c's.
struct RingIo {
    mp_obj_base_t base;
    ringbuf_t bytes;
};

[[nodiscard]] inline bool is_ring(mp_obj_t object) noexcept {
    return mp_obj_get_type(object)->name == MP_QSTR_RingIO;
}

/// py/objgenerator.c's, as far as it matters here.
struct Generator {
    mp_obj_base_t base;
    mp_obj_t pending_exception;  ///< MP_OBJ_NULL while it runs
    mp_code_state_t code;        ///< whose `ip` is null when it has ended
};

/// What a `for` loop steps through, as py/vm.c keeps it at the top of the stack.
struct LoopIterator {
    mp_obj_t object;
    bool is_on_stack;  ///< all of it
};

[[nodiscard]] inline LoopIterator loop_iterator_of(const mp_obj_t* sp) noexcept {
    const mp_obj_t* slots = sp - MP_OBJ_ITER_BUF_NSLOTS + 1;
    return slots[0] == MP_OBJ_NULL ? LoopIterator{slots[1], false}
                                   : LoopIterator{MP_OBJ_FROM_PTR(slots), true};
}

/// Its type has a name alone.
[[nodiscard]] inline bool is_closure(mp_obj_t function) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(function);
    return type->name == MP_QSTR_closure && mp_obj_is_native_type(type);
}

/// What a call of a bound method or a closure runs in the end; the function itself for another one, and
/// MP_OBJ_NULL for that.
[[nodiscard]] inline mp_obj_t inner_function(mp_obj_t function) noexcept {
    while (function != MP_OBJ_NULL) {
        if (mp_obj_is_type(function, &mp_type_bound_meth)) {
            function = static_cast<const BoundMethod*>(MP_OBJ_TO_PTR(function))->method;
        } else if (is_closure(function)) {
            function = static_cast<const Closure*>(MP_OBJ_TO_PTR(function))->function;
        } else {
            break;
        }
    }
    return function;
}

}  // namespace heddle::bytecode
