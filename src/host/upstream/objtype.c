// py/objtype.c with __eq__, __lt__, ... and __hash__ of classes run without an end of the time slice: dict,
// set and list call them in the middle of a search, with pointers that another thread's change would leave
// dangling.
#include "py/objtype.h"
#include "host/upstream/hold.h"
#include "py/mpconfig.h"
#include "py/runtime.h"

static mp_obj_t instance_unary_op(mp_unary_op_t op, mp_obj_t self);
static mp_obj_t instance_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs);

// Macros with arguments: they rename the definitions, and leave the tables' entries to the functions below.
#define instance_unary_op(op, self) unheld_unary_op(op, self)
#define instance_binary_op(op, lhs, rhs) unheld_binary_op(op, lhs, rhs)
#include "py/objtype.c"
#undef instance_unary_op
#undef instance_binary_op

static mp_obj_t instance_unary_op(mp_unary_op_t op, mp_obj_t self) {
    if (op != MP_UNARY_OP_HASH) {
        return unheld_unary_op(op, self);
    }
    nlr_jump_callback_node_t node;
    heddle_hold_begin(&node);
    mp_obj_t result = unheld_unary_op(op, self);
    heddle_hold_end();
    return result;
}

static mp_obj_t instance_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    bool unheld = heddle_next_comparison_unheld;
    heddle_next_comparison_unheld = false;
    // The comparisons are the first of the enumeration.
    if (unheld || op > MP_BINARY_OP_NOT_EQUAL) {
        return unheld_binary_op(op, lhs, rhs);
    }
    nlr_jump_callback_node_t node;
    heddle_hold_begin(&node);
    mp_obj_t result = unheld_binary_op(op, lhs, rhs);
    heddle_hold_end();
    return result;
}
