// Python code that runs within MicroPython's C code, which then holds pointers into a container or recurses
// without looking at its stack.
#include "heddle_platform.hpp"
#include "mpy/micropython.hpp"

extern "C" {
#include "host/upstream/hold.h"
#include "py/bc.h"
#include "py/cstack.h"
#include "py/objtype.h"

mp_vm_return_kind_t __real_mp_execute_bytecode(mp_code_state_t* frame, mp_obj_t raised_in_it);
bool __real_mp_obj_equal(mp_obj_t left, mp_obj_t right);
mp_obj_t __real_mp_unary_op(mp_unary_op_t op, mp_obj_t operand);
mp_obj_t __real_mp_call_method_self_n_kw(mp_obj_t method, mp_obj_t self, size_t n_args, size_t n_kw,
                                         const mp_obj_t* args);

constinit bool heddle_next_comparison_unheld = false;

// ---- no end of a time slice while a container waits for the result

void heddle_hold_begin(nlr_jump_callback_node_t* node) {
    ++heddle::image::kernel.running().holds;
    nlr_push_jump_callback(node, [](void*) { --heddle::image::kernel.running().holds; });
}

void heddle_hold_end(void) { nlr_pop_jump_callback(true); }

// What py/vm.c calls instead of mp_binary_op(): nobody waits for the program's own comparisons.
mp_obj_t heddle_binary_op_of_program(mp_binary_op_t op, mp_obj_t left, mp_obj_t right) {
    heddle_next_comparison_unheld =
        op <= MP_BINARY_OP_NOT_EQUAL && mp_obj_is_instance_type(mp_obj_get_type(left));
    const mp_obj_t result = mp_binary_op(op, left, right);
    // Two that are the same object were not compared.
    heddle_next_comparison_unheld = false;
    return result;
}

// ---- which frame runs, and in a handler whom it has interrupted

const mp_code_state_t* heddle_running_frame(void) {
    return static_cast<const mp_code_state_t*>(heddle::image::kernel.running().frame);
}

// What the program raises in it is not raised past it.
mp_vm_return_kind_t __wrap_mp_execute_bytecode(mp_code_state_t* frame, mp_obj_t raised_in_it) {
    const void*& running = heddle::image::kernel.running().frame;
    const void* const outer = running;
    running = frame;
    const mp_vm_return_kind_t result = __real_mp_execute_bytecode(frame, raised_in_it);
    running = outer;
    return result;
}

// ---- where the interpreter's own recursion passes through: nested lists, tuples and dicts, instances as
// functions

bool __wrap_mp_obj_equal(mp_obj_t left, mp_obj_t right) {
    mp_cstack_check();
    return __real_mp_obj_equal(left, right);
}

mp_obj_t __wrap_mp_unary_op(mp_unary_op_t op, mp_obj_t operand) {
    mp_cstack_check();
    return __real_mp_unary_op(op, operand);
}

mp_obj_t __wrap_mp_call_method_self_n_kw(mp_obj_t method, mp_obj_t self, size_t n_args, size_t n_kw,
                                         const mp_obj_t* args) {
    mp_cstack_check();
    return __real_mp_call_method_self_n_kw(method, self, n_args, n_kw, args);
}

}  // extern "C"
