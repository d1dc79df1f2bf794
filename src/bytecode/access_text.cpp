// Places in words.
#include "bytecode/accesses.hpp"

extern "C" {
#include "py/objtype.h"
}

namespace heddle::bytecode {
namespace {

bool is_class(mp_obj_t object) noexcept { return mp_obj_is_type(object, &mp_type_type); }

qstr type_name(mp_obj_t object) noexcept { return mp_obj_get_type(object)->name; }

bool has_plain_repr(mp_obj_t key) noexcept {
    return mp_obj_is_small_int(key) || mp_obj_is_str(key) || mp_obj_is_bool(key) || key == mp_const_none ||
           mp_obj_is_float(key);
}

/// MP_OBJ_NULL if no value of the map is the object.
mp_obj_t key_of(const mp_map_t& map, mp_obj_t object) noexcept {
    for (std::size_t i = 0; i < map.alloc; ++i) {
        if (mp_map_slot_is_filled(&map, i) && map.table[i].value == object) {
            return map.table[i].key;
        }
    }
    return MP_OBJ_NULL;
}

// ---- an object by a variable that holds it, or that holds an object which does

bool print_item(mp_obj_t holder, mp_obj_t object, qstr variable, const mp_print_t* print) noexcept {
    std::size_t count = 0;
    mp_obj_t* items = nullptr;
    mp_obj_get_array(holder, &count, &items);
    for (std::size_t i = 0; i < count; ++i) {
        if (items[i] == object) {
            mp_printf(print, "%q[%u]", variable, static_cast<unsigned>(i));
            return true;
        }
    }
    return false;
}

bool print_member(mp_obj_t holder, mp_obj_t object, qstr variable, const mp_print_t* print) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(holder);
    if (type == &mp_type_list || type == &mp_type_tuple) {
        return print_item(holder, object, variable, print);
    }
    const bool is_dict = type == &mp_type_dict;
    if (!is_dict && !mp_obj_is_instance_type(type)) {
        return false;
    }
    const mp_obj_t key =
        key_of(is_dict ? static_cast<const mp_obj_dict_t*>(MP_OBJ_TO_PTR(holder))->map
                       : static_cast<const mp_obj_instance_t*>(MP_OBJ_TO_PTR(holder))->members,
               object);
    if (key == MP_OBJ_NULL || !has_plain_repr(key)) {
        return false;
    }
    mp_printf(print, is_dict ? "%q[" : "%q.", variable);
    mp_obj_print_helper(print, key, is_dict ? PRINT_REPR : PRINT_STR);
    mp_printf(print, is_dict ? "]" : "");
    return true;
}

bool print_path(mp_obj_t object, const mp_print_t* print) noexcept {
    const mp_map_t& map = mp_globals_get()->map;
    const mp_obj_t variable = key_of(map, object);
    if (variable != MP_OBJ_NULL && mp_obj_is_qstr(variable)) {
        mp_printf(print, "%q", MP_OBJ_QSTR_VALUE(variable));
        return true;
    }
    for (std::size_t i = 0; i < map.alloc; ++i) {
        if (mp_map_slot_is_filled(&map, i) && mp_obj_is_qstr(map.table[i].key) &&
            mp_obj_is_obj(map.table[i].value) &&
            print_member(map.table[i].value, object, MP_OBJ_QSTR_VALUE(map.table[i].key), print)) {
            return true;
        }
    }
    return false;
}

void print_key(mp_obj_t key, const mp_print_t* print) noexcept {
    if (has_plain_repr(key)) {
        mp_obj_print_helper(print, key, PRINT_REPR);
    } else {
        mp_printf(print, "<%q>", type_name(key));
    }
}

void print_with(const char* before, const void* object, const char* after, const mp_print_t* print) noexcept {
    mp_printf(print, "%s", before);
    print_object(object, print);
    mp_printf(print, "%s", after);
}

const char* name_of_kind(PlaceKind kind) noexcept {
    switch (kind) {
        case PlaceKind::output:
            return "the output";
        case PlaceKind::clock:
            return "the clock";
        case PlaceKind::random:
            return "the random numbers";
        case PlaceKind::board:
            return "the board";
        case PlaceKind::interrupts:
            return "the interrupt mask";
        case PlaceKind::schedule:
            return "the queue of scheduled calls";
        case PlaceKind::heap:
            return "the collector";
        case PlaceKind::outside:
            return "files and the system";
        default:
            return "the threads";
    }
}

}  // namespace

void print_object(const void* address, const mp_print_t* print) noexcept {
    const mp_obj_t object = MP_OBJ_FROM_PTR(address);
    if (address == mp_globals_get()) {
        mp_printf(print, "the globals");
    } else if (print_path(object, print)) {
        return;
    } else if (is_class(object)) {
        mp_printf(print, "%q", qstr{static_cast<const mp_obj_type_t*>(address)->name});
    } else {
        mp_printf(print, "<%q>", type_name(object));
    }
}

void print_place(const Access& access, const mp_print_t* print) noexcept {
    switch (access.kind) {
        case PlaceKind::global:
            mp_printf(print, "%q", MP_OBJ_QSTR_VALUE(access.key));
            break;
        case PlaceKind::attribute:
            print_object(access.object, print);
            mp_printf(print, ".%s", mp_obj_str_get_str(access.key));
            break;
        case PlaceKind::item:
            print_object(access.object, print);
            mp_printf(print, "[");
            print_key(access.key, print);
            mp_printf(print, "]");
            break;
        case PlaceKind::shape:
            print_with("the size of ", access.object, "", print);
            break;
        case PlaceKind::content:
            print_with("the items of ", access.object, "", print);
            break;
        case PlaceKind::bytes:
            print_with("the bytes of ", access.object, "", print);
            break;
        case PlaceKind::cell:
            mp_printf(print, "a variable of an enclosing function");
            break;
        case PlaceKind::state:
            print_with("the state of ", access.object, "", print);
            break;
        case PlaceKind::pin:
            print_with("the pin ", access.object, "", print);
            break;
        case PlaceKind::lock:
            print_object(access.object, print);
            break;
        default:
            mp_printf(print, "%s", name_of_kind(access.kind));
    }
}

}  // namespace heddle::bytecode
