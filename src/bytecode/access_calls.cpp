// Whom a call reaches.
#include "bytecode/access_calls.hpp"

#include "bytecode/access_objects.hpp"
#include "bytecode/access_places.hpp"
#include "bytecode/access_registry.hpp"
#include "bytecode/upstream_layouts.hpp"

extern "C" {
#include "py/objfun.h"
#include "py/objtype.h"
}

namespace heddle::bytecode {
namespace {

constexpr std::size_t kMostArguments = 16;

bool runs_bytecode(const mp_obj_type_t* type) noexcept {
    return type == &mp_type_fun_bc || type == &mp_type_gen_wrap ||
           (type->name == MP_QSTR_closure && mp_obj_is_native_type(type));
}

// Not in the table: an object of a hidden type changes with its methods, of others nothing is known.
void touch_unknown(Accesses& out, mp_obj_t self, const CallArguments& arguments) noexcept {
    if (self == MP_OBJ_NULL || !mp_obj_is_obj(self)) {
        out.unknown = true;
        return;
    }
    touch_state(out, Mode::write, PlaceKind::state, self);
    for (std::size_t i = 1; i < arguments.count; ++i) {
        consume(out, arguments.positional[i]);
    }
}

void touch_builtin(Accesses& out, mp_obj_t function, mp_obj_t self, const CallArguments& arguments) noexcept {
    const Effect effect = effect_of(function);
    if (effect != nullptr) {
        effect(out, arguments);
    } else {
        touch_unknown(out, self, arguments);
    }
}

bool is_named_tuple(const mp_obj_type_t& type) noexcept {
    return &type != &mp_type_tuple &&
           mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(&type), MP_OBJ_FROM_PTR(&mp_type_tuple));
}

void make_object(Accesses& out, const mp_obj_type_t& type, const CallArguments& arguments) noexcept {
    if (mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(&type), MP_OBJ_FROM_PTR(&mp_type_BaseException))) {
        return;
    }
    if (!mp_obj_is_instance_type(&type)) {
        if (!is_named_tuple(type)) {
            touch_builtin(out, MP_OBJ_FROM_PTR(&type), MP_OBJ_NULL, arguments);
        }
        return;
    }
    read_class(out, &type, MP_QSTR___new__);
    read_class(out, &type, MP_QSTR___init__);
    const mp_obj_type_t* base = native_base(&type);
    if (base != nullptr) {
        make_object(out, *base, arguments);
    }
}

// Pins, irq objects, switches: what the type's own row says, which for pins is read or write of the pin.
void call_native_object(Accesses& out, mp_obj_t object, const CallArguments& arguments) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(object);
    if (type->name == MP_QSTR_Pin) {
        touch_state(out, arguments.count == 0 ? Mode::read : Mode::write, PlaceKind::pin, object);
        return;
    }
    if (type->name == MP_QSTR_Switch) {
        touch(out, Mode::read, PlaceKind::board);
        return;
    }
    const Effect effect = effect_of(MP_OBJ_FROM_PTR(type));
    if (effect != nullptr) {
        effect(out, arguments);
    } else {
        touch_unknown(out, object, arguments);
    }
}

void touch_resolved(Accesses& out, mp_obj_t function, mp_obj_t self,
                    const CallArguments& arguments) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(function);
    if (runs_bytecode(type)) {
        return;
    }
    if (type == &mp_type_type) {
        make_object(out, *static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(function)), arguments);
    } else if (mp_obj_is_instance_type(type)) {
        read_class(out, type, MP_QSTR___call__);
    } else if ((type->flags & MP_TYPE_FLAG_BUILTIN_FUN) != 0) {
        touch_builtin(out, function, self, arguments);
    } else {
        call_native_object(out, function, arguments);
    }
}

/// With `self` before the others.
void touch_with_self(Accesses& out, mp_obj_t function, mp_obj_t self, const CallArguments& rest) noexcept {
    mp_obj_t positional[1 + kMostArguments] = {self};
    const std::size_t count = rest.count < kMostArguments ? rest.count : kMostArguments;
    for (std::size_t i = 0; i < count; ++i) {
        positional[1 + i] = rest.positional[i];
    }
    touch_resolved(out, function, self, {positional, 1 + count, rest.keywords, rest.keyword_count});
}

}  // namespace

mp_obj_t CallArguments::keyword(qstr name) const noexcept {
    for (std::size_t i = 0; i < keyword_count; ++i) {
        if (keywords[2 * i] == MP_OBJ_NEW_QSTR(name)) {
            return keywords[2 * i + 1];
        }
    }
    return MP_OBJ_NULL;
}

void touch_call(Accesses& out, mp_obj_t function, mp_obj_t self, const CallArguments& rest) noexcept {
    if (self != MP_OBJ_NULL) {
        touch_with_self(out, function, self, rest);
    } else if (mp_obj_is_type(function, &mp_type_bound_meth)) {
        const auto& bound = *static_cast<const BoundMethod*>(MP_OBJ_TO_PTR(function));
        touch_with_self(out, bound.method, bound.self, rest);
    } else {
        touch_resolved(out, function, MP_OBJ_NULL, rest);
    }
}

bool calls_c(mp_obj_t function) noexcept {
    if (mp_obj_is_type(function, &mp_type_bound_meth)) {
        return calls_c(static_cast<const BoundMethod*>(MP_OBJ_TO_PTR(function))->method);
    }
    const mp_obj_type_t* type = mp_obj_get_type(function);
    if (type == &mp_type_type) {
        const auto* made = static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(function));
        return !mp_obj_is_instance_type(made) || native_base(made) != nullptr;
    }
    return !runs_bytecode(type) && !mp_obj_is_instance_type(type);
}

void touch_special_method(Accesses& out, mp_obj_t object, qstr name) noexcept {
    if (!mp_obj_is_obj(object)) {
        return;
    }
    const mp_obj_type_t* type = mp_obj_get_type(object);
    if (mp_obj_is_instance_type(type)) {
        touch_member(out, Mode::read, MP_OBJ_TO_PTR(object), MP_OBJ_NEW_QSTR(name), false);
    }
    const mp_obj_t method = read_class(out, type, name);
    if (method != MP_OBJ_NULL) {
        const mp_obj_t native = mp_obj_is_instance_type(type) ? native_part(object) : MP_OBJ_NULL;
        touch_call(out, method, native == MP_OBJ_NULL ? object : native, {nullptr, 0, nullptr, 0});
    }
}

}  // namespace heddle::bytecode
