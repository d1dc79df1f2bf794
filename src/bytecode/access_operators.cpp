#include "bytecode/access_operators.hpp"

#include "bytecode/access_objects.hpp"
#include "bytecode/access_places.hpp"

extern "C" {
#include "py/objtype.h"
#include "py/runtime0.h"
}

namespace heddle::bytecode {
namespace {

bool is_comparison(mp_binary_op_t op) noexcept { return op <= MP_BINARY_OP_NOT_EQUAL; }

bool is_in_place(mp_binary_op_t op) noexcept {
    return op >= MP_BINARY_OP_INPLACE_OR && op <= MP_BINARY_OP_INPLACE_POWER;
}

// An item of a list may be anything that is compared, too.
void search(Accesses& out, mp_obj_t container, mp_obj_t item) noexcept {
    const Family family = container_of(container).family;
    if (family == Family::map || family == Family::set) {
        read_item(out, container, item);
    } else if (family == Family::none) {
        consume(out, container);
    } else {
        read_all(out, container);
    }
    read_deep(out, item);
}

void change_set(Accesses& out, mp_binary_op_t op, mp_obj_t left, mp_obj_t right) noexcept {
    if (op == MP_BINARY_OP_INPLACE_OR || op == MP_BINARY_OP_INPLACE_XOR) {
        insert_each(out, left, right);
    }
    if (op == MP_BINARY_OP_INPLACE_OR) {
        return;
    }
    read_all(out, right);
    write_all(out, left);
}

/// False if this operator makes a new object.
bool change(Accesses& out, mp_binary_op_t op, mp_obj_t left, mp_obj_t right) noexcept {
    switch (container_of(left).family) {
        case Family::list:
        case Family::buffer:
            if (op == MP_BINARY_OP_INPLACE_ADD) {
                append(out, left);
                consume(out, right);
                return true;
            }
            return false;
        case Family::set:
            if (op <= MP_BINARY_OP_INPLACE_AND || op == MP_BINARY_OP_INPLACE_SUBTRACT) {
                change_set(out, op, left, right);
                return true;
            }
            return false;
        case Family::map:
            if (op == MP_BINARY_OP_INPLACE_OR) {
                insert_each(out, left, right);
                return true;
            }
            return false;
        case Family::opaque:
        case Family::none:
            return false;
    }
    return false;
}

}  // namespace

void binary_operator(Accesses& out, mp_binary_op_t op, mp_obj_t left, mp_obj_t right) noexcept {
    if (!mp_obj_is_obj(left) && !mp_obj_is_obj(right)) {
        return;
    }
    if (op == MP_BINARY_OP_IS || op == MP_BINARY_OP_EXCEPTION_MATCH) {
        return;
    }
    if (op == MP_BINARY_OP_IN) {
        search(out, right, left);
    } else if (is_comparison(op) || mp_obj_is_str(left)) {
        read_deep(out, left);
        read_deep(out, right);
    } else if (!is_in_place(op) || !change(out, op, left, right)) {
        read_all(out, left);
        read_all(out, right);
    }
}

void ask_truth(Accesses& out, mp_obj_t object) noexcept {
    if (object == MP_OBJ_NULL || !mp_obj_is_obj(object)) {
        return;
    }
    const mp_obj_type_t* type = mp_obj_get_type(object);
    if (mp_obj_is_instance_type(type)) {
        read_class(out, type, MP_QSTR___bool__);
        read_class(out, type, MP_QSTR___len__);
    }
    if (container_of(object).family != Family::opaque || type == &mp_type_deque) {
        read_length(out, object);
    }
}

}  // namespace heddle::bytecode
