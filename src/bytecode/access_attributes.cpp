// Attributes of instances, classes and modules.
#include "bytecode/access_keys.hpp"
#include "bytecode/access_objects.hpp"
#include "bytecode/access_places.hpp"

extern "C" {
#include "py/objmodule.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/objtype.h"
}

namespace heddle::bytecode {
namespace {

template <class Object>
const Object& as(mp_obj_t object) noexcept {
    return *static_cast<const Object*>(MP_OBJ_TO_PTR(object));
}

bool is_instance(mp_obj_t object) noexcept {
    return mp_obj_is_obj(object) && mp_obj_is_instance_type(mp_obj_get_type(object)) != 0;
}

bool is_class(mp_obj_t object) noexcept { return mp_obj_is_type(object, &mp_type_type); }

bool is_module(mp_obj_t object) noexcept { return mp_obj_is_type(object, &mp_type_module); }

const mp_obj_dict_t* members_of(const mp_obj_type_t* type) noexcept {
    return MP_OBJ_TYPE_HAS_SLOT(type, locals_dict)
               ? static_cast<const mp_obj_dict_t*>(MP_OBJ_TYPE_GET_SLOT(type, locals_dict))
               : nullptr;
}

// The class's own dict, not a copy as __dict__ gives it, so its address says which class it is.
void touch_class(Accesses& out, Mode mode, const mp_obj_type_t* type, qstr name) noexcept {
    const mp_obj_dict_t* members = members_of(type);
    if (members == nullptr || members->map.is_fixed) {
        return;
    }
    const bool present = value_of_name(members->map, name) != MP_OBJ_NULL;
    touch_member(out, mode, type, MP_OBJ_NEW_QSTR(name), mode == Mode::write && !present);
}

template <class Visit>
void for_each_parent(const mp_obj_type_t* type, const Visit& visit) {
    if (!MP_OBJ_TYPE_HAS_SLOT(type, parent)) {
        return;
    }
    const auto* parent = static_cast<const mp_obj_base_t*>(MP_OBJ_TYPE_GET_SLOT(type, parent));
    if (parent->type != &mp_type_tuple) {
        visit(reinterpret_cast<const mp_obj_type_t*>(parent));
        return;
    }
    const auto* parents = reinterpret_cast<const mp_obj_tuple_t*>(parent);
    for (std::size_t i = 0; i < parents->len; ++i) {
        visit(static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(parents->items[i])));
    }
}

mp_obj_t read_parents(Accesses& out, const mp_obj_type_t* type, qstr name) noexcept {
    mp_obj_t found = MP_OBJ_NULL;
    for_each_parent(type, [&](const mp_obj_type_t* parent) {
        found = found == MP_OBJ_NULL ? read_class(out, parent, name) : found;
    });
    return found;
}

// A module in flash reads and changes nothing; what it is asked for may be in one that delegates to Python.
void load_from_module(Accesses& out, mp_obj_t module, qstr name) noexcept {
    const mp_obj_dict_t& globals = *as<mp_obj_module_t>(module).globals;
    read_name(out, globals, name);
    if (value_of_name(globals.map, name) == MP_OBJ_NULL) {
        read_name(out, globals, MP_QSTR___getattr__);
    }
}

// Properties, descriptors and methods that intercept are calls, whose own opcodes say what they do.
bool is_intercepted(Accesses& out, mp_obj_t instance, qstr name, qstr interceptor, qstr of_member) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(instance);
    if ((type->flags & MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS) == 0) {
        return false;
    }
    const mp_obj_t member = read_class(out, type, name);
    if (member != MP_OBJ_NULL && is_instance(member) &&
        read_class(out, mp_obj_get_type(member), of_member) != MP_OBJ_NULL) {
        return true;
    }
    return (member != MP_OBJ_NULL && mp_obj_is_type(member, &mp_type_property)) ||
           read_class(out, type, interceptor) != MP_OBJ_NULL;
}

bool has_member(mp_obj_t instance, qstr name) noexcept {
    return value_of_name(as<mp_obj_instance_t>(instance).members, name) != MP_OBJ_NULL;
}

// Of the class alone.
void read_names_of_class(Accesses& out, const mp_obj_type_t* type) noexcept {
    const mp_obj_dict_t* members = members_of(type);
    if (members != nullptr && !members->map.is_fixed) {
        read_member_names(out, type);
    }
}

void read_names_with_bases(Accesses& out, const mp_obj_type_t* type) noexcept {
    read_names_of_class(out, type);
    for_each_parent(type, [&](const mp_obj_type_t* parent) { read_names_with_bases(out, parent); });
}

}  // namespace

mp_obj_t read_class(Accesses& out, const mp_obj_type_t* type, qstr name) noexcept {
    touch_class(out, Mode::read, type, name);
    const mp_obj_dict_t* members = members_of(type);
    const mp_obj_t found = members == nullptr ? MP_OBJ_NULL : value_of_name(members->map, name);
    return found != MP_OBJ_NULL ? found : read_parents(out, type, name);
}

void read_bases(Accesses& out, const mp_obj_type_t* type, qstr name) noexcept {
    read_parents(out, type, name);
}

void load_attribute(Accesses& out, mp_obj_t object, qstr name) noexcept {
    const bool is_copied = name == MP_QSTR___dict__;  // but for a module's, which is the one itself
    if (is_instance(object)) {
        touch_member(out, Mode::read, MP_OBJ_TO_PTR(object), MP_OBJ_NEW_QSTR(name), false);
        if (is_copied) {
            read_member_names(out, MP_OBJ_TO_PTR(object));
        } else if (!has_member(object, name) &&
                   read_class(out, mp_obj_get_type(object), name) == MP_OBJ_NULL) {
            read_class(out, mp_obj_get_type(object), MP_QSTR___getattr__);
        }
    } else if (is_class(object) && is_copied) {
        read_names_of_class(out, &as<mp_obj_type_t>(object));
    } else if (is_class(object)) {
        read_class(out, &as<mp_obj_type_t>(object), name);
    } else if (is_module(object)) {
        load_from_module(out, object, name);
    }
}

void store_member(Accesses& out, mp_obj_t instance, qstr name) noexcept {
    if (is_instance(instance)) {
        touch_member(out, Mode::write, MP_OBJ_TO_PTR(instance), MP_OBJ_NEW_QSTR(name),
                     !has_member(instance, name));
    }
}

void delete_member(Accesses& out, mp_obj_t instance, qstr name) noexcept {
    if (is_instance(instance)) {
        const bool present = has_member(instance, name);
        touch_member(out, present ? Mode::write : Mode::read, MP_OBJ_TO_PTR(instance), MP_OBJ_NEW_QSTR(name),
                     present);
    }
}

void store_attribute(Accesses& out, mp_obj_t object, qstr name) noexcept {
    if (is_instance(object)) {
        if (!is_intercepted(out, object, name, MP_QSTR___setattr__, MP_QSTR___set__)) {
            store_member(out, object, name);
        }
    } else if (is_class(object)) {
        touch_class(out, Mode::write, &as<mp_obj_type_t>(object), name);
    } else if (is_module(object)) {
        // Only `builtins` takes what is stored into flash, and all modules see it.
        out.unknown = out.unknown || as<mp_obj_module_t>(object).globals->map.is_fixed;
        write_name(out, *as<mp_obj_module_t>(object).globals, name);
    } else if (mp_obj_is_obj(object)) {
        touch_state(out, Mode::write, PlaceKind::state, object);
    }
}

void delete_attribute(Accesses& out, mp_obj_t object, qstr name) noexcept {
    if (is_instance(object)) {
        if (!is_intercepted(out, object, name, MP_QSTR___delattr__, MP_QSTR___delete__)) {
            delete_member(out, object, name);
        }
    } else if (is_class(object)) {
        const mp_obj_dict_t* members = members_of(&as<mp_obj_type_t>(object));
        if (members != nullptr && !members->map.is_fixed) {
            touch_member(out, Mode::write, MP_OBJ_TO_PTR(object), MP_OBJ_NEW_QSTR(name), true);
        }
    } else if (is_module(object)) {
        delete_name(out, *as<mp_obj_module_t>(object).globals, name);
    }
}

void read_attribute_names(Accesses& out, mp_obj_t object) noexcept {
    if (is_module(object)) {
        read_all(out, MP_OBJ_FROM_PTR(as<mp_obj_module_t>(object).globals));
    } else if (is_instance(object)) {
        read_member_names(out, MP_OBJ_TO_PTR(object));
        read_names_with_bases(out, mp_obj_get_type(object));
    } else if (is_class(object)) {
        read_names_with_bases(out, &as<mp_obj_type_t>(object));
    }
}

qstr name_in(mp_obj_t string) noexcept {
    if (string == MP_OBJ_NULL || !mp_obj_is_str(string)) {
        return MP_QSTRnull;
    }
    if (mp_obj_is_qstr(string)) {
        return MP_OBJ_QSTR_VALUE(string);
    }
    GET_STR_DATA_LEN(string, data, length);
    return qstr_find_strn(reinterpret_cast<const char*>(data), length);
}

}  // namespace heddle::bytecode
