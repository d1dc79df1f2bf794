// Containers and single places.
#include "bytecode/access_places.hpp"

#include "bytecode/access_keys.hpp"
#include "bytecode/access_objects.hpp"
#include "bytecode/object_names.hpp"

extern "C" {
#include "py/objarray.h"
#include "py/objlist.h"
#include "py/objtuple.h"
#include "py/objtype.h"
}

namespace heddle::bytecode {
namespace {

// What the parts of one object are told apart by.
enum class Part : std::uint8_t { item, content, shape, bytes, state };

std::uint64_t place_of(const void* object, Part part, std::uint64_t number) noexcept {
    return mix(mix(name_of_object(object) * 8 + static_cast<std::uint64_t>(part)) + number);
}

constexpr bool is_of_memory(Mode mode) noexcept { return mode <= Mode::write; }

void add(Accesses& out, const Access& access) noexcept {
    for (std::size_t i = 0; i < out.count; ++i) {
        Access& present = out.list[i];
        if (present.place == access.place && is_of_memory(access.mode) && is_of_memory(present.mode)) {
            present.mode = present.mode == access.mode ? access.mode : Mode::write;
            return;
        }
    }
    if (out.count == Accesses::kMost) {
        out.unknown = true;
        return;
    }
    out.list[out.count++] = access;
}

void add_item(Accesses& out, Mode mode, PlaceKind kind, const void* object, mp_obj_t key) noexcept {
    const KeyNumber number = number_of_key(key);
    if (number.known) {
        add(out, {place_of(object, Part::item, number.number), mode, kind, object, key});
    } else {
        out.unknown = true;
    }
}

/// `owner`: what reports name, where the place is one of its memory.
void add_part_of(Accesses& out, Mode mode, Part part, const void* object, const void* owner) noexcept {
    constexpr PlaceKind kKinds[] = {PlaceKind::item, PlaceKind::content, PlaceKind::shape, PlaceKind::bytes,
                                    PlaceKind::state};
    add(out, {place_of(object, part, 0), mode, kKinds[static_cast<std::size_t>(part)], owner, MP_OBJ_NULL});
}

void add_part(Accesses& out, Mode mode, Part part, const void* object) noexcept {
    add_part_of(out, mode, part, object, object);
}

void add_content(Accesses& out, Mode mode, mp_obj_t object) noexcept {
    add_part(out, mode, Part::content, MP_OBJ_TO_PTR(object));
}

void add_shape(Accesses& out, Mode mode, mp_obj_t object) noexcept {
    add_part(out, mode, Part::shape, MP_OBJ_TO_PTR(object));
}

// ---- sequences: items move with the shape

std::size_t length_of(const Container& sequence) noexcept {
    return sequence.family == Family::list
               ? static_cast<const mp_obj_list_t*>(MP_OBJ_TO_PTR(sequence.object))->len
               : static_cast<const mp_obj_array_t*>(MP_OBJ_TO_PTR(sequence.object))->len;
}

// A buffer's items belong to its memory, which views share; an item's number counts from there.
struct Memory {
    const void* start;
    std::size_t first;
};

Memory memory_of(const Container& sequence) noexcept {
    if (sequence.family == Family::list) {
        return {MP_OBJ_TO_PTR(sequence.object), 0};
    }
    const auto* array = static_cast<const mp_obj_array_t*>(MP_OBJ_TO_PTR(sequence.object));
    return {array->items, array->base.type == &mp_type_memoryview ? array->free : 0};
}

void add_memory(Accesses& out, Mode mode, Part part, const Container& sequence) noexcept {
    add_part_of(out, mode, part, memory_of(sequence).start, MP_OBJ_TO_PTR(sequence.object));
}

void add_sequence_item(Accesses& out, Mode mode, const Container& sequence, std::size_t index) noexcept {
    const Memory memory = memory_of(sequence);
    const mp_obj_t key = MP_OBJ_NEW_SMALL_INT(memory.first + index);
    add(out, {place_of(memory.start, Part::item, number_of_key(key).number), mode, PlaceKind::item,
              MP_OBJ_TO_PTR(sequence.object), MP_OBJ_NEW_SMALL_INT(index)});
    if (mode == Mode::write) {
        add_memory(out, Mode::update, Part::content, sequence);
    } else if (sequence.family == Family::buffer) {
        add_memory(out, Mode::read, Part::bytes, sequence);
    }
    add_shape(out, Mode::read, sequence.object);
}

/// False if there is no such item.
bool index_of(const Container& sequence, mp_obj_t key, std::size_t& index) noexcept {
    if (!mp_obj_is_small_int(key)) {
        return false;
    }
    const auto length = static_cast<mp_int_t>(length_of(sequence));
    mp_int_t place = MP_OBJ_SMALL_INT_VALUE(key);
    place += place < 0 ? length : 0;
    index = static_cast<std::size_t>(place);
    return place >= 0 && place < length;
}

void read_sequence_item(Accesses& out, const Container& sequence, mp_obj_t key) noexcept {
    std::size_t index = 0;
    if (mp_obj_is_type(key, &mp_type_slice)) {
        if (mp_obj_is_type(sequence.object, &mp_type_memoryview)) {
            return;  // makes a view, reads nothing
        }
        read_all(out, sequence.object);
    } else if (index_of(sequence, key, index)) {
        add_sequence_item(out, Mode::read, sequence, index);
    } else {
        add_shape(out, Mode::read, sequence.object);
    }
}

void write_sequence_item(Accesses& out, const Container& sequence, mp_obj_t key) noexcept {
    std::size_t index = 0;
    if (mp_obj_is_type(key, &mp_type_slice)) {
        if (mp_obj_is_type(sequence.object, &mp_type_memoryview)) {
            overwrite(out, sequence.object);
        } else {
            write_all(out, sequence.object);
        }
    } else if (index_of(sequence, key, index)) {
        add_sequence_item(out, Mode::write, sequence, index);
    } else {
        add_shape(out, Mode::read, sequence.object);
    }
}

// ---- dicts and sets: an item is found by its key, wherever it lies

bool is_fixed(const Container& container) noexcept {
    return container.family == Family::map && map_of(container.object).is_fixed;
}

void add_key(Accesses& out, Mode mode, PlaceKind kind, const void* object, mp_obj_t key,
             bool changes_shape) noexcept {
    add_item(out, mode, kind, object, key);
    if (mode == Mode::write) {
        add_part(out, Mode::update, Part::content, object);
    }
    if (changes_shape) {
        add_part(out, Mode::write, Part::shape, object);
    }
}

void write_each_key(Accesses& out, const Container& container) noexcept {
    if (container.family == Family::set) {
        const mp_set_t& set = set_of(container.object);
        for (std::size_t i = 0; i < set.alloc && !out.unknown; ++i) {
            if (mp_set_slot_is_filled(&set, i)) {
                add_item(out, Mode::write, PlaceKind::item, MP_OBJ_TO_PTR(container.object), set.table[i]);
            }
        }
        return;
    }
    const mp_map_t& map = map_of(container.object);
    for (std::size_t i = 0; i < map.alloc && !out.unknown; ++i) {
        if (mp_map_slot_is_filled(&map, i)) {
            add_item(out, Mode::write, PlaceKind::item, MP_OBJ_TO_PTR(container.object), map.table[i].key);
        }
    }
}

bool is_keyed(const Container& container) noexcept {
    return container.family == Family::map || container.family == Family::set;
}

bool has(const Container& container, mp_obj_t key) noexcept {
    return container.family == Family::map ? is_in_map(map_of(container.object), key)
                                           : is_in_set(set_of(container.object), key);
}

void add_name(Accesses& out, Mode mode, const mp_obj_dict_t& names, qstr name, bool changes_shape) noexcept {
    if (!names.map.is_fixed) {
        add_key(out, mode, PlaceKind::global, &names, MP_OBJ_NEW_QSTR(name), changes_shape);
    }
}

// ---- what containers hold

constexpr int kDeepest = 8;

void read_deep_to(Accesses& out, mp_obj_t object, int depth) noexcept;

void read_deep_items(Accesses& out, const mp_obj_t* items, std::size_t count, int depth) noexcept {
    for (std::size_t i = 0; i < count && !out.unknown; ++i) {
        read_deep_to(out, items[i], depth);
    }
}

void read_deep_to(Accesses& out, mp_obj_t object, int depth) noexcept {
    if (object == MP_OBJ_NULL || !mp_obj_is_obj(object)) {
        return;
    }
    if (depth == 0) {
        out.unknown = true;
        return;
    }
    if (mp_obj_is_type(object, &mp_type_tuple)) {
        const auto* tuple = static_cast<const mp_obj_tuple_t*>(MP_OBJ_TO_PTR(object));
        read_deep_items(out, tuple->items, tuple->len, depth - 1);
        return;
    }
    const Container container = container_of(object);
    out.varies = out.varies || (depth != kDeepest && container.family != Family::none);
    read_all(out, container.object);
    if (container.family == Family::list) {
        const auto* list = static_cast<const mp_obj_list_t*>(MP_OBJ_TO_PTR(container.object));
        read_deep_items(out, list->items, list->len, depth - 1);
    } else if (container.family == Family::map) {
        const mp_map_t& map = map_of(container.object);
        for (std::size_t i = 0; i < map.alloc && !out.unknown; ++i) {
            if (mp_map_slot_is_filled(&map, i)) {
                read_deep_to(out, map.table[i].value, depth - 1);
            }
        }
    }
}

}  // namespace

void read_item(Accesses& out, mp_obj_t object, mp_obj_t key) noexcept {
    const Container container = container_of(object);
    if (is_keyed(container)) {
        if (!is_fixed(container)) {
            add_key(out, Mode::read, PlaceKind::item, MP_OBJ_TO_PTR(container.object), key, false);
        }
    } else if (container.family == Family::opaque) {
        add_part(out, Mode::read, Part::state, MP_OBJ_TO_PTR(container.object));
    } else if (container.family != Family::none) {
        read_sequence_item(out, container, key);
    }
}

void write_item(Accesses& out, mp_obj_t object, mp_obj_t key) noexcept {
    const Container container = container_of(object);
    if (is_keyed(container)) {
        if (!is_fixed(container)) {
            add_key(out, Mode::write, PlaceKind::item, MP_OBJ_TO_PTR(container.object), key,
                    !has(container, key));
        }
    } else if (container.family == Family::opaque) {
        add_part(out, Mode::write, Part::state, MP_OBJ_TO_PTR(container.object));
    } else if (container.family != Family::none) {
        write_sequence_item(out, container, key);
    }
}

void delete_item(Accesses& out, mp_obj_t object, mp_obj_t key) noexcept {
    const Container container = container_of(object);
    if (!is_keyed(container)) {
        write_all(out, object);
    } else if (!has(container, key)) {
        read_item(out, object, key);
    } else if (!is_fixed(container)) {
        add_key(out, Mode::write, PlaceKind::item, MP_OBJ_TO_PTR(container.object), key, true);
    }
}

bool has_key(mp_obj_t object, mp_obj_t key) noexcept {
    const Container container = container_of(object);
    return is_keyed(container) && has(container, key);
}

void read_length(Accesses& out, mp_obj_t object) noexcept {
    const Container container = container_of(object);
    if (container.family == Family::opaque) {
        add_part(out, Mode::read, Part::state, MP_OBJ_TO_PTR(container.object));
    } else if (container.family != Family::none && !is_fixed(container)) {
        add_shape(out, Mode::read, container.object);
    }
}

void read_all(Accesses& out, mp_obj_t object) noexcept {
    const Container container = container_of(object);
    if (container.family == Family::buffer) {
        add_memory(out, Mode::read, Part::content, container);
    } else if (container.family != Family::none && container.family != Family::opaque &&
               !is_fixed(container)) {
        add_content(out, Mode::read, container.object);
    }
    read_length(out, object);
}

void read_deep(Accesses& out, mp_obj_t object) noexcept { read_deep_to(out, object, kDeepest); }

void write_all(Accesses& out, mp_obj_t object) noexcept {
    const Container container = container_of(object);
    switch (container.family) {
        case Family::none:
            return;
        case Family::opaque:
            add_part(out, Mode::write, Part::state, MP_OBJ_TO_PTR(container.object));
            return;
        case Family::buffer:
            overwrite(out, object);
            break;
        case Family::map:
        case Family::set:
            if (is_fixed(container)) {
                return;
            }
            write_each_key(out, container);
            [[fallthrough]];
        case Family::list:
            add_content(out, Mode::write, container.object);
    }
    add_shape(out, Mode::write, container.object);
}

void overwrite(Accesses& out, mp_obj_t object) noexcept {
    const Container container = container_of(object);
    if (container.family != Family::buffer) {
        write_all(out, object);
        return;
    }
    add_memory(out, Mode::write, Part::content, container);
    add_memory(out, Mode::write, Part::bytes, container);
    add_shape(out, Mode::read, container.object);
}

void append(Accesses& out, mp_obj_t object) noexcept {
    const Container container = container_of(object);
    if (container.family == Family::opaque) {
        add_part(out, Mode::write, Part::state, MP_OBJ_TO_PTR(container.object));
        return;
    }
    if (container.family != Family::buffer && container.family != Family::list) {
        return;
    }
    // First what conflicts with all that others could do: samplers look ahead at one access.
    add_shape(out, Mode::write, container.object);
    if (container.family == Family::buffer) {
        // It may move to other memory.
        add_memory(out, Mode::write, Part::content, container);
    } else {
        add_content(out, Mode::update, container.object);
    }
}

void insert_each(Accesses& out, mp_obj_t container, mp_obj_t iterable) noexcept {
    const Container from = container_of(iterable);
    const mp_obj_t* items = nullptr;
    std::size_t count = 0;
    consume(out, iterable);
    out.varies = out.varies || from.family != Family::none;
    if (from.family == Family::set || mp_obj_is_type(iterable, &mp_type_frozenset)) {
        items = set_of(iterable).table;
        count = set_of(iterable).alloc;
    } else if (from.family == Family::list || mp_obj_is_type(iterable, &mp_type_tuple)) {
        mp_obj_t* those = nullptr;
        mp_obj_get_array(from.object, &count, &those);
        items = those;
    } else if (from.family == Family::map) {
        const mp_map_t& map = map_of(from.object);
        for (std::size_t i = 0; i < map.alloc && !out.unknown; ++i) {
            if (mp_map_slot_is_filled(&map, i)) {
                write_item(out, container, map.table[i].key);
            }
        }
    } else {
        out.unknown = true;
    }
    for (std::size_t i = 0; i < count && !out.unknown; ++i) {
        if (items[i] != MP_OBJ_NULL && items[i] != MP_OBJ_SENTINEL) {
            write_item(out, container, items[i]);
        }
    }
}

void read_name(Accesses& out, const mp_obj_dict_t& names, qstr name) noexcept {
    add_name(out, Mode::read, names, name, false);
}

void write_name(Accesses& out, const mp_obj_dict_t& names, qstr name) noexcept {
    add_name(out, Mode::write, names, name, value_of_name(names.map, name) == MP_OBJ_NULL);
}

void delete_name(Accesses& out, const mp_obj_dict_t& names, qstr name) noexcept {
    const bool present = value_of_name(names.map, name) != MP_OBJ_NULL;
    add_name(out, present ? Mode::write : Mode::read, names, name, present);
}

void touch_state(Accesses& out, Mode mode, PlaceKind kind, mp_obj_t object) noexcept {
    const void* address = MP_OBJ_TO_PTR(object);
    add(out, {place_of(address, Part::state, 0), mode, kind, address, MP_OBJ_NULL});
}

void touch(Accesses& out, Mode mode, PlaceKind kind) noexcept {
    add(out,
        {place_of(nullptr, Part::state, static_cast<std::uint64_t>(kind)), mode, kind, nullptr, MP_OBJ_NULL});
}

void change_board(Accesses& out, const void* device) noexcept {
    constexpr PlaceKind kind = PlaceKind::board;
    add(out, {place_of(nullptr, Part::state, static_cast<std::uint64_t>(kind)), Mode::write, kind, device,
              MP_OBJ_NULL});
}

Access access_of_anything() noexcept {
    return {place_of(nullptr, Part::state, static_cast<std::uint64_t>(PlaceKind::anything)), Mode::write,
            PlaceKind::anything, nullptr, MP_OBJ_NULL};
}

void touch_cell(Accesses& out, Mode mode, mp_obj_t cell) noexcept {
    touch_state(out, mode, PlaceKind::cell, cell);
}

void touch_member(Accesses& out, Mode mode, const void* owner, mp_obj_t name, bool changes_shape) noexcept {
    add_key(out, mode, PlaceKind::attribute, owner, name, changes_shape);
}

void read_member_names(Accesses& out, const void* owner) noexcept {
    add_part(out, Mode::read, Part::content, owner);
    add_part(out, Mode::read, Part::shape, owner);
}

}  // namespace heddle::bytecode
