#include "bytecode/access_objects.hpp"

extern "C" {
#include "py/objarray.h"
#include "py/objlist.h"
#include "py/objtuple.h"
#include "py/objtype.h"
}

namespace heddle::bytecode {
namespace {

// As py/objset.c lays it out.
struct SetObject {
    mp_obj_base_t base;
    mp_set_t set;
};

// As py/objdict.c does its views, and their iterators.
struct DictView {
    mp_obj_base_t base;
    mp_obj_t dict;
};
struct DictIterator {
    mp_obj_base_t base;
    int kind;
    mp_obj_t dict;
};

// As the files of list, tuple, set and str do theirs.
struct ItemIterator {
    mp_obj_base_t base;
    mp_fun_1_t next;
    mp_obj_t over;
    std::size_t position;
};

// As py/objarray.c does.
struct ArrayIterator {
    mp_obj_base_t base;
    mp_obj_array_t* array;
    std::size_t offset;
    std::size_t position;
};

// As py/objdeque.c lays it out; its iterator is an ItemIterator.
struct DequeObject {
    mp_obj_base_t base;
    std::size_t places, first, next;
    mp_obj_t* items;
    std::uint32_t flags;
};

struct ReversedIterator {
    mp_obj_base_t base;
    mp_obj_t sequence;
    mp_uint_t position;  // plus 1
};

struct EnumerateIterator {
    mp_obj_base_t base;
    mp_obj_t inner;
};
struct FilterIterator {
    mp_obj_base_t base;
    mp_obj_t function;
    mp_obj_t inner;
};
struct ZipIterator {
    mp_obj_base_t base;
    std::size_t count;
    mp_obj_t inner[];
};
struct MapIterator {
    mp_obj_base_t base;
    std::size_t count;
    mp_obj_t function;
    mp_obj_t inner[];
};

template <class Object>
const Object& as(mp_obj_t object) noexcept {
    return *static_cast<const Object*>(MP_OBJ_TO_PTR(object));
}

// ---- the iterators that only their own files know

struct KnownIterators {
    mp_fun_1_t list, set, deque;
    mp_fun_1_t tuple, text, bytes;  // of what cannot change
    const mp_obj_type_t* array;
    const mp_obj_type_t* map;
};

mp_fun_1_t next_function(mp_obj_t over) noexcept {
    mp_obj_iter_buf_t buffer;
    return as<ItemIterator>(mp_getiter(over, &buffer)).next;
}

const mp_obj_type_t* iterator_type(mp_obj_t over) noexcept {
    mp_obj_iter_buf_t buffer;
    return mp_obj_get_type(mp_getiter(over, &buffer));
}

/// Asks for an iterator of each, in buffers on the stack.
KnownIterators learn() noexcept {
    mp_obj_list_t list{};
    list.base.type = &mp_type_list;
    SetObject set{};
    set.base.type = &mp_type_set;
    mp_obj_array_t array{};
    array.base.type = &mp_type_bytearray;
    array.typecode = 'B';
    mp_obj_dict_t dict{};
    dict.base.type = &mp_type_dict;
    DequeObject deque{};
    deque.base.type = &mp_type_deque;
    return {next_function(MP_OBJ_FROM_PTR(&list)),    next_function(MP_OBJ_FROM_PTR(&set)),
            next_function(MP_OBJ_FROM_PTR(&deque)),   next_function(mp_const_empty_tuple),
            next_function(MP_OBJ_NEW_QSTR(MP_QSTR_)), next_function(mp_const_empty_bytes),
            iterator_type(MP_OBJ_FROM_PTR(&array)),   iterator_type(MP_OBJ_FROM_PTR(&dict))};
}

KnownIterators known_iterators;

const KnownIterators& known() noexcept {
    if (known_iterators.list == nullptr) {
        known_iterators = learn();
    }
    return known_iterators;
}

Iterator polymorphic(mp_obj_t object) noexcept {
    const auto& iterator = as<ItemIterator>(object);
    if (iterator.next == known().list) {
        return {IteratorKind::list, iterator.over, iterator.position};
    }
    if (iterator.next == known().set) {
        return {IteratorKind::set, iterator.over};
    }
    if (iterator.next == known().deque) {
        return {IteratorKind::opaque, iterator.over};
    }
    const bool fixed =
        iterator.next == known().tuple || iterator.next == known().text || iterator.next == known().bytes;
    return {fixed ? IteratorKind::none : IteratorKind::other};
}

Iterator wrapping(const mp_obj_t* inner, std::size_t count) noexcept {
    return {IteratorKind::wrapper, MP_OBJ_NULL, 0, inner, count};
}

Family family_of(const mp_obj_type_t* type) noexcept {
    if (type == &mp_type_list) {
        return Family::list;
    }
    if (type == &mp_type_dict || type == &mp_type_ordereddict) {
        return Family::map;
    }
    if (type == &mp_type_set) {
        return Family::set;
    }
    if (type == &mp_type_bytearray || type == &mp_type_array || type == &mp_type_memoryview) {
        return Family::buffer;
    }
    const bool is_opaque = type == &mp_type_deque || type == &mp_type_stringio || type == &mp_type_bytesio ||
                           type == &mp_type_gen_instance;
    return is_opaque ? Family::opaque : Family::none;
}

}  // namespace

const mp_obj_type_t* native_base(const mp_obj_type_t* type) noexcept {
    while (mp_obj_is_instance_type(type) && MP_OBJ_TYPE_HAS_SLOT(type, parent)) {
        const auto* parent = static_cast<const mp_obj_base_t*>(MP_OBJ_TYPE_GET_SLOT(type, parent));
        if (parent->type == &mp_type_tuple) {
            const auto* parents = reinterpret_cast<const mp_obj_tuple_t*>(parent);
            for (std::size_t i = 0; i < parents->len; ++i) {
                const auto* found =
                    native_base(static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(parents->items[i])));
                if (found != nullptr) {
                    return found;
                }
            }
            return nullptr;
        }
        type = reinterpret_cast<const mp_obj_type_t*>(parent);
    }
    return mp_obj_is_instance_type(type) || type == &mp_type_object ? nullptr : type;
}

mp_obj_t native_part(mp_obj_t instance) noexcept {
    if (native_base(mp_obj_get_type(instance)) == nullptr) {
        return MP_OBJ_NULL;
    }
    const mp_obj_t part = as<mp_obj_instance_t>(instance).subobj[0];
    return part == instance ? MP_OBJ_NULL : part;
}

Container container_of(mp_obj_t object) noexcept {
    if (object == MP_OBJ_NULL || !mp_obj_is_obj(object)) {
        return {Family::none, object};
    }
    const mp_obj_type_t* type = mp_obj_get_type(object);
    if (mp_obj_is_instance_type(type)) {
        return container_of(native_part(object));
    }
    if (type->name == MP_QSTR_dict_view) {
        return {Family::map, as<DictView>(object).dict};
    }
    return {family_of(type), object};
}

const mp_map_t& map_of(mp_obj_t dict) noexcept { return as<mp_obj_dict_t>(dict).map; }

const mp_set_t& set_of(mp_obj_t set) noexcept { return as<SetObject>(set).set; }

Iterator iterator_of(mp_obj_t object) noexcept {
    if (object == MP_OBJ_NULL || !mp_obj_is_obj(object)) {
        return {IteratorKind::none};
    }
    const mp_obj_type_t* type = mp_obj_get_type(object);
    if (type == &mp_type_polymorph_iter) {
        return polymorphic(object);
    }
    if (type == known().array) {
        const auto& iterator = as<ArrayIterator>(object);
        return {IteratorKind::array, MP_OBJ_FROM_PTR(iterator.array), iterator.position};
    }
    if (type == known().map) {
        return {IteratorKind::map, as<DictIterator>(object).dict};
    }
    if (type == &mp_type_enumerate) {
        return wrapping(&as<EnumerateIterator>(object).inner, 1);
    }
    if (type == &mp_type_filter) {
        return wrapping(&as<FilterIterator>(object).inner, 1);
    }
    if (type == &mp_type_zip) {
        return wrapping(as<ZipIterator>(object).inner, as<ZipIterator>(object).count);
    }
    if (type == &mp_type_map) {
        return wrapping(as<MapIterator>(object).inner, as<MapIterator>(object).count);
    }
    if (type == &mp_type_reversed) {
        const auto& iterator = as<ReversedIterator>(object);
        return {IteratorKind::reversed, iterator.sequence, iterator.position};
    }
    return {IteratorKind::none};
}

}  // namespace heddle::bytecode
