// Places in words.
#include <algorithm>

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

// ---- an object by a variable that holds it, or that holds an object which does

// How many of a container's or an object's parts are looked at, and how deep.
constexpr std::size_t kMostItems = 256;
constexpr unsigned kDeepest = 3;

// The way to an object, from the object back.
struct Part {
    const Part* holder;  // null: this is a variable
    mp_obj_t key;        // MP_OBJ_NULL: of a list or a tuple
    std::size_t index;
    bool is_attribute;
};

void print_part(const Part& part, const mp_print_t* print) noexcept {
    if (part.holder != nullptr) {
        print_part(*part.holder, print);
    }
    const bool is_item = part.holder != nullptr && !part.is_attribute;
    mp_printf(print, is_item ? "[" : part.holder != nullptr ? "." : "");
    if (part.key == MP_OBJ_NULL) {
        mp_printf(print, "%u", static_cast<unsigned>(part.index));
    } else {
        mp_obj_print_helper(print, part.key, is_item ? PRINT_REPR : PRINT_STR);
    }
    mp_printf(print, is_item ? "]" : "");
}

bool print_below(mp_obj_t holder, const Part* path, mp_obj_t object, unsigned depth,
                 const mp_print_t* print) noexcept;

bool print_if_it(mp_obj_t value, const Part& part, mp_obj_t object, unsigned depth,
                 const mp_print_t* print) noexcept {
    if (depth > 0) {
        return mp_obj_is_obj(value) && print_below(value, &part, object, depth, print);
    }
    if (value == object) {
        print_part(part, print);
    }
    return value == object;
}

bool print_in_map(const mp_map_t& map, const Part* path, bool is_attribute, mp_obj_t object, unsigned depth,
                  const mp_print_t* print) noexcept {
    const std::size_t count = path == nullptr ? map.alloc : std::min(map.alloc, kMostItems);
    for (std::size_t i = 0; i < count; ++i) {
        if (mp_map_slot_is_filled(&map, i) && has_plain_repr(map.table[i].key) &&
            print_if_it(map.table[i].value, {path, map.table[i].key, 0, is_attribute}, object, depth,
                        print)) {
            return true;
        }
    }
    return false;
}

/// Is the object so many holders below this one?
bool print_below(mp_obj_t holder, const Part* path, mp_obj_t object, unsigned depth,
                 const mp_print_t* print) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(holder);
    if (type == &mp_type_list || type == &mp_type_tuple) {
        std::size_t count = 0;
        mp_obj_t* items = nullptr;
        mp_obj_get_array(holder, &count, &items);
        for (std::size_t i = 0; i < std::min(count, kMostItems); ++i) {
            if (print_if_it(items[i], {path, MP_OBJ_NULL, i, false}, object, depth - 1, print)) {
                return true;
            }
        }
        return false;
    }
    if (type == &mp_type_dict) {
        const mp_map_t& map = static_cast<const mp_obj_dict_t*>(MP_OBJ_TO_PTR(holder))->map;
        return print_in_map(map, path, false, object, depth - 1, print);
    }
    return mp_obj_is_instance_type(type) &&
           print_in_map(static_cast<const mp_obj_instance_t*>(MP_OBJ_TO_PTR(holder))->members, path, true,
                        object, depth - 1, print);
}

/// The variables of the script itself come first.
bool print_path(mp_obj_t object, const mp_print_t* print) noexcept {
    for (unsigned depth = 0; depth < kDeepest; ++depth) {
        if (print_in_map(mp_globals_get()->map, nullptr, true, object, depth, print)) {
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
