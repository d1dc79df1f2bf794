#include "program/builtins.hpp"

#include <array>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/builtin.h"
#include "py/objmodule.h"
}

namespace heddle::program {
namespace {

bool has(const mp_obj_dict_t& names, mp_obj_t name) noexcept {
    return mp_map_lookup(const_cast<mp_map_t*>(&names.map), name, MP_MAP_LOOKUP) != nullptr;
}

std::array<bool, MP_QSTRnumber_of> builtin_names() noexcept {
    std::array<bool, MP_QSTRnumber_of> names{};
    const mp_map_t& builtins = mp_module_builtins_globals.map;
    for (std::size_t i = 0; i < builtins.used; ++i) {
        names[MP_OBJ_QSTR_VALUE(builtins.table[i].key)] = true;
    }
    return names;
}

bool is_builtin(mp_obj_t name) noexcept {
    static const std::array<bool, MP_QSTRnumber_of> names = builtin_names();
    return mp_obj_is_qstr(name) && MP_OBJ_QSTR_VALUE(name) < names.size() && names[MP_OBJ_QSTR_VALUE(name)];
}

bool is_namespace(const void* object) noexcept {
    if (object == &MP_STATE_VM(dict_main)) {
        return true;
    }
    const mp_map_t& modules = MP_STATE_VM(mp_loaded_modules_dict).map;
    for (std::size_t i = 0; i < modules.alloc; ++i) {
        if (mp_map_slot_is_filled(&modules, i) && mp_obj_is_type(modules.table[i].value, &mp_type_module) &&
            static_cast<const mp_obj_module_t*>(MP_OBJ_TO_PTR(modules.table[i].value))->globals == object) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool only_reads_builtin(const Accesses& accesses) noexcept {
    const Access& first = accesses.list[0];
    return accesses.count == 1 && !accesses.unknown && first.kind == PlaceKind::global &&
           first.mode == Mode::read && is_builtin(first.key) &&
           !has(*static_cast<const mp_obj_dict_t*>(first.object), first.key);
}

bool may_replace_builtin(const Access& access) noexcept {
    if (access.mode != Mode::write) {
        return false;
    }
    switch (access.kind) {
        case PlaceKind::global:
            return is_builtin(access.key);
        case PlaceKind::item:
            return is_builtin(access.key) && is_namespace(access.object);
        case PlaceKind::content:
            return is_namespace(access.object);
        default:
            return false;
    }
}

}  // namespace heddle::program
