#include "bytecode/access_registry.hpp"

#include <cstdint>

#include "bytecode/access_keys.hpp"
#include "bytecode/explain_needs.hpp"
#include "mpy/board_modules.h"

extern "C" {
#include "py/objmodule.h"
#include "py/objtype.h"

extern const mp_obj_type_t heddle_line_type;
}

namespace heddle::bytecode {
namespace {

using Visit = void (*)(void* context, const char* name, mp_obj_t object) noexcept;

struct Visitor {
    Visit visit;
    void* context;
};

constexpr std::size_t kNameBytes = 64;

bool is_function(mp_obj_t object) noexcept {
    return mp_obj_is_obj(object) && (mp_obj_get_type(object)->flags & MP_TYPE_FLAG_BUILTIN_FUN) != 0;
}

// The function in a static or class method.
mp_obj_t unwrap(mp_obj_t object) noexcept {
    const bool wrapped =
        mp_obj_is_type(object, &mp_type_staticmethod) || mp_obj_is_type(object, &mp_type_classmethod);
    return wrapped ? static_cast<const mp_obj_static_class_method_t*>(MP_OBJ_TO_PTR(object))->fun : object;
}

void visit_object(const Visitor& visitor, const char* name, mp_obj_t object) noexcept;

void visit_members(const Visitor& visitor, const char* owner, const mp_map_t& members) noexcept {
    for (std::size_t i = 0; i < members.alloc; ++i) {
        if (!mp_map_slot_is_filled(&members, i) || !mp_obj_is_qstr(members.table[i].key)) {
            continue;
        }
        char buffer[kNameBytes];
        const Text name(buffer, sizeof buffer);
        mp_printf(name.print(), owner[0] == '\0' ? "%s%q" : "%s.%q", owner,
                  MP_OBJ_QSTR_VALUE(members.table[i].key));
        visit_object(visitor, buffer, unwrap(members.table[i].value));
    }
}

void visit_type(const Visitor& visitor, const char* name, const mp_obj_type_t& type) noexcept {
    visitor.visit(visitor.context, name, MP_OBJ_FROM_PTR(&type));
    if (MP_OBJ_TYPE_HAS_SLOT(&type, locals_dict)) {
        visit_members(visitor, name,
                      static_cast<const mp_obj_dict_t*>(MP_OBJ_TYPE_GET_SLOT(&type, locals_dict))->map);
    }
}

void visit_object(const Visitor& visitor, const char* name, mp_obj_t object) noexcept {
    if (is_function(object)) {
        visitor.visit(visitor.context, name, object);
    } else if (mp_obj_is_type(object, &mp_type_type)) {
        visit_type(visitor, name, *static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(object)));
    } else if (mp_obj_is_type(object, &mp_type_module)) {
        const auto* module = static_cast<const mp_obj_module_t*>(MP_OBJ_TO_PTR(object));
        if (module->globals->map.is_fixed) {
            visit_members(visitor, name, module->globals->map);
        }
    }
}

void visit_modules(const Visitor& visitor, const mp_map_t& modules) noexcept {
    for (std::size_t i = 0; i < modules.alloc; ++i) {
        const qstr name = MP_OBJ_QSTR_VALUE(modules.table[i].key);
        visit_object(visitor, name == MP_QSTR_builtins ? "" : qstr_str(name), modules.table[i].value);
    }
}

void visit_faces(const Visitor& visitor) noexcept {
    for (std::size_t i = 0; i < heddle_face_count; ++i) {
        char buffer[kNameBytes];
        const Text name(buffer, sizeof buffer);
        mp_printf(name.print(), "%s.%q", heddle_faces[i].module, static_cast<qstr>(heddle_faces[i].name));
        visit_object(visitor, buffer, mp_obj_t(heddle_faces[i].object));
    }
}

// ---- the table by address

struct Entry {
    mp_obj_t object;
    Effect effect;
};

constexpr std::size_t kPlaces = 4096;
Entry places[kPlaces];
bool are_filled;

Entry& place_of(mp_obj_t object) noexcept {
    std::size_t i = mix(reinterpret_cast<std::uintptr_t>(object)) % kPlaces;
    while (places[i].object != MP_OBJ_NULL && places[i].object != object) {
        i = (i + 1) % kPlaces;
    }
    return places[i];
}

// The first name counts: one function may be the method of several types.
void remember(void*, const char* name, mp_obj_t object) noexcept {
    Entry& entry = place_of(object);
    if (entry.object == MP_OBJ_NULL) {
        entry = {object, effect_of_name(name)};
    }
}

}  // namespace

void visit_builtins(Visit visit, void* context) noexcept {
    const Visitor visitor{visit, context};
    // Streams share their functions: those of memory say what they do to each of them.
    visit_type(visitor, "io.BytesIO", mp_type_bytesio);
    visit_modules(visitor, mp_builtin_module_map);
    visit_modules(visitor, mp_builtin_extensible_module_map);
    visit_faces(visitor);
    visit_type(visitor, "generator", mp_type_gen_instance);
    visit_type(visitor, "heddle.board.line", heddle_line_type);
}

Effect effect_of(mp_obj_t function) noexcept {
    if (!are_filled) {
        are_filled = true;
        visit_builtins(remember, nullptr);
    }
    return place_of(function).effect;
}

}  // namespace heddle::bytecode
