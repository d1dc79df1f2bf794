#include "bytecode/access_keys.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "bytecode/explain_needs.hpp"
#include "bytecode/object_names.hpp"

extern "C" {
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/objtype.h"
}

namespace heddle::bytecode {
namespace {

// What kind of key a number stands for, so that 1 and "1" differ.
enum class Tag : std::uint8_t { integer, text, bytes, floating, identity, tuple };

KeyNumber known(Tag tag, std::uint64_t number) noexcept {
    return {mix(number) + static_cast<std::uint64_t>(tag), true};
}

constexpr KeyNumber kUnknown = {0, false};

std::uint64_t number_of_bytes(const byte* data, std::size_t length) noexcept {
    std::uint64_t number = length;
    for (std::size_t i = 0; i < length; i += sizeof(std::uint64_t)) {
        std::uint64_t part = 0;
        std::memcpy(&part, data + i, std::min(sizeof part, length - i));
        number = mix(number + part);
    }
    return number;
}

// By its text, also of a name: the same text may become a name between two accesses.
KeyNumber number_of_text(Tag tag, mp_obj_t key) noexcept {
    GET_STR_DATA_LEN(key, data, length);
    return known(tag, number_of_bytes(data, length));
}

KeyNumber number_of_float(mp_float_t value) noexcept {
    constexpr mp_float_t kLargest = 1e15;
    if (value > -kLargest && value < kLargest &&
        value == static_cast<mp_float_t>(static_cast<mp_int_t>(value))) {
        return known(Tag::integer, static_cast<std::uint64_t>(static_cast<mp_int_t>(value)));
    }
    return known(Tag::floating, std::bit_cast<std::uint64_t>(static_cast<double>(value)));
}

KeyNumber number_of_tuple(mp_obj_t key) noexcept {
    const auto* tuple = static_cast<const mp_obj_tuple_t*>(MP_OBJ_TO_PTR(key));
    std::uint64_t number = tuple->len;
    for (std::size_t i = 0; i < tuple->len; ++i) {
        const KeyNumber each = number_of_key(tuple->items[i]);
        if (!each.known) {
            return kUnknown;
        }
        number = mix(number + each.number);
    }
    return known(Tag::tuple, number);
}

// Classes that compare in Python, and containers, which are no keys.
bool has_identity(const mp_obj_type_t* type) noexcept {
    if (mp_obj_is_instance_type(type)) {
        return find_in_type(type, MP_QSTR___eq__) == MP_OBJ_NULL &&
               find_in_type(type, MP_QSTR___hash__) == MP_OBJ_NULL;
    }
    return !MP_OBJ_TYPE_HAS_SLOT(type, subscr) || type == &mp_type_type;
}

// In a hash table.
const mp_map_elem_t* find_name(const mp_map_t& map, mp_obj_t key) noexcept {
    const std::size_t start = qstr_hash(MP_OBJ_QSTR_VALUE(key)) % map.alloc;
    std::size_t i = start;
    do {
        if (map.table[i].key == key) {
            return &map.table[i];
        }
        if (map.table[i].key == MP_OBJ_NULL) {
            return nullptr;
        }
        i = (i + 1) % map.alloc;
    } while (i != start);
    return nullptr;
}

bool is_equal(mp_obj_t present, mp_obj_t key, const KeyNumber& number) noexcept {
    if (present == key) {
        return true;
    }
    if (mp_obj_is_qstr(present) && mp_obj_is_qstr(key)) {
        return false;
    }
    const KeyNumber other = number_of_key(present);
    return other.known && number.known && other.number == number.number;
}

}  // namespace

KeyNumber number_of_key(mp_obj_t key) noexcept {
    if (mp_obj_is_qstr(key)) {
        return number_of_text(Tag::text, key);
    }
    if (mp_obj_is_small_int(key)) {
        return known(Tag::integer, static_cast<std::uint64_t>(MP_OBJ_SMALL_INT_VALUE(key)));
    }
    if (mp_obj_is_bool(key)) {
        return known(Tag::integer, key == mp_const_true ? 1 : 0);
    }
    if (mp_obj_is_float(key)) {
        return number_of_float(mp_obj_float_get(key));
    }
    const mp_obj_type_t* type = mp_obj_get_type(key);
    if (type == &mp_type_str) {
        return number_of_text(Tag::text, key);
    }
    if (type == &mp_type_bytes) {
        return number_of_text(Tag::bytes, key);
    }
    if (type == &mp_type_int) {
        return known(Tag::integer, static_cast<std::uint64_t>(mp_obj_int_get_truncated(key)));
    }
    if (type == &mp_type_tuple) {
        return number_of_tuple(key);
    }
    return has_identity(type) ? known(Tag::identity, name_of_object(MP_OBJ_TO_PTR(key))) : kUnknown;
}

bool is_in_map(const mp_map_t& map, mp_obj_t key) noexcept {
    if (mp_obj_is_qstr(key)) {
        if (value_of_name(map, MP_OBJ_QSTR_VALUE(key)) != MP_OBJ_NULL) {
            return true;
        }
        if (map.all_keys_are_qstrs) {
            return false;
        }
    }
    const KeyNumber number = number_of_key(key);
    for (std::size_t i = 0; i < map.alloc; ++i) {
        if (mp_map_slot_is_filled(&map, i) && is_equal(map.table[i].key, key, number)) {
            return true;
        }
    }
    return false;
}

bool is_in_set(const mp_set_t& set, mp_obj_t key) noexcept {
    const KeyNumber number = number_of_key(key);
    for (std::size_t i = 0; i < set.alloc; ++i) {
        if (mp_set_slot_is_filled(&set, i) && is_equal(set.table[i], key, number)) {
            return true;
        }
    }
    return false;
}

mp_obj_t value_of_name(const mp_map_t& map, qstr name) noexcept {
    const mp_obj_t key = MP_OBJ_NEW_QSTR(name);
    if (map.alloc == 0) {
        return MP_OBJ_NULL;
    }
    if (!map.is_ordered) {
        const mp_map_elem_t* found = find_name(map, key);
        return found == nullptr ? MP_OBJ_NULL : found->value;
    }
    for (std::size_t i = 0; i < map.used; ++i) {
        if (map.table[i].key == key) {
            return map.table[i].value;
        }
    }
    return MP_OBJ_NULL;
}

}  // namespace heddle::bytecode
