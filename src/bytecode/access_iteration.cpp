// Iterators, and what reads all of something.
#include "bytecode/access_objects.hpp"
#include "bytecode/access_places.hpp"

extern "C" {
#include "py/objtype.h"
}

namespace heddle::bytecode {
namespace {

bool is_object(mp_obj_t object) noexcept { return object != MP_OBJ_NULL && mp_obj_is_obj(object); }

// Iterators change with each step, and more than one thread can hold one.
bool has_position(mp_obj_t object) noexcept {
    return (mp_obj_get_type(object)->flags & MP_TYPE_FLAG_ITER_IS_ITERNEXT) != 0;
}

void step(Accesses& out, const Iterator& iterator) noexcept {
    switch (iterator.kind) {
        case IteratorKind::none:
            break;
        case IteratorKind::list:
        case IteratorKind::array:
            read_item(out, iterator.over, MP_OBJ_NEW_SMALL_INT(iterator.position));
            break;
        case IteratorKind::reversed:
            if (iterator.position != 0) {
                read_item(out, iterator.over, MP_OBJ_NEW_SMALL_INT(iterator.position - 1));
            }
            break;
        case IteratorKind::set:
        case IteratorKind::map:
        case IteratorKind::opaque:
            read_all(out, iterator.over);
            break;
        case IteratorKind::wrapper:
            for (std::size_t i = 0; i < iterator.count && !out.unknown; ++i) {
                next_of(out, iterator.inner[i], false);
            }
            break;
        case IteratorKind::other:
            out.unknown = true;
    }
}

}  // namespace

void next_of(Accesses& out, mp_obj_t object, bool is_private) noexcept {
    if (!is_object(object)) {
        return;
    }
    const Iterator iterator = iterator_of(object);
    if (!is_private && has_position(object)) {
        touch_state(out, Mode::write, PlaceKind::state, object);
    }
    step(out, iterator);
    const mp_obj_type_t* type = mp_obj_get_type(object);
    if (mp_obj_is_instance_type(type)) {
        read_class(out, type, MP_QSTR___next__);
    }
}

void consume(Accesses& out, mp_obj_t object) noexcept {
    if (!is_object(object)) {
        return;
    }
    const Iterator iterator = iterator_of(object);
    if (has_position(object)) {
        touch_state(out, Mode::write, PlaceKind::state, object);
    }
    if (iterator.kind == IteratorKind::wrapper) {
        for (std::size_t i = 0; i < iterator.count && !out.unknown; ++i) {
            consume(out, iterator.inner[i]);
        }
    } else if (iterator.kind == IteratorKind::other) {
        out.unknown = true;
    } else if (iterator.kind != IteratorKind::none) {
        read_all(out, iterator.over);
    } else if (mp_obj_is_instance_type(mp_obj_get_type(object)) && native_part(object) == MP_OBJ_NULL) {
        read_class(out, mp_obj_get_type(object), MP_QSTR___iter__);
    } else {
        read_all(out, object);
    }
}

}  // namespace heddle::bytecode
