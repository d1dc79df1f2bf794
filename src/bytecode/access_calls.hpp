// What a call touches itself. Only bytecode/access*.cpp include this.
#pragma once

#include <cstddef>

#include "bytecode/accesses.hpp"

namespace heddle::bytecode {

/// Arguments as a built-in function gets them.
struct CallArguments {
    /// `self` first, for a method.
    const mp_obj_t* positional;
    std::size_t count;
    /// Names and values in turn.
    const mp_obj_t* keywords;
    std::size_t keyword_count;

    /// MP_OBJ_NULL if there are not so many.
    mp_obj_t operator[](std::size_t i) const noexcept { return i < count ? positional[i] : MP_OBJ_NULL; }
    /// MP_OBJ_NULL if there is none of that name.
    mp_obj_t keyword(qstr name) const noexcept;
};

/// `self` may be MP_OBJ_NULL.
void touch_call(Accesses& out, mp_obj_t function, mp_obj_t self, const CallArguments& rest) noexcept;

/// Is it code in C that the call of `function` runs, though that may call functions in Python?
[[nodiscard]] bool calls_c(mp_obj_t function) noexcept;

/// Calls `object.name()` as `with` does: what the lookup and a built-in method touch.
void touch_special_method(Accesses& out, mp_obj_t object, qstr name) noexcept;

using Effect = void (*)(Accesses& out, const CallArguments& arguments) noexcept;

/// What the built-in function or type of that name does: "len", "list.append", "time.sleep". Null if the
/// table lacks it.
[[nodiscard]] Effect effect_of_name(const char* name) noexcept;

/// Calls `visit(context, name, object)` for each function and type that built-in modules have, and for each
/// method of those types.
void visit_builtins(void (*visit)(void* context, const char* name, mp_obj_t object) noexcept,
                    void* context) noexcept;

}  // namespace heddle::bytecode
