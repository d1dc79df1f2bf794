// py/vm.c with its trace hooks turned into the scheduler's: nothing but a test of one byte when nobody asked
// for them.
#include "host/upstream/hold.h"
#include "host/upstream/vm_hooks.h"
#include "py/mpconfig.h"
#include "py/objtype.h"
#include "py/profile.h"
#include "py/runtime.h"

#ifndef NO_QSTR
// The hook of every opcode asks this first. Only where it is false does the rest of it run, with the frame
// that it wants to see.
#undef mp_prof_is_executing
#define mp_prof_is_executing (!(heddle_vm_hooked && (code_state->frame = &heddle_vm_frame)))
#define mp_prof_frame_enter(state) ((void)(state))
#define mp_prof_frame_update(state) MP_OBJ_FROM_PTR((state)->frame)
#define HEDDLE_TICK_0(state) heddle_vm_tick((state), ip, sp)
#define HEDDLE_TICK_1(state) ((void)(state))
#define HEDDLE_TICK(state, is_exception) HEDDLE_TICK_##is_exception(state)
#define mp_prof_instr_tick(state, is_exception) HEDDLE_TICK(state, is_exception)

// A comparison of instances that the bytecode itself asks for, see objtype.c.
static inline mp_obj_t heddle_vm_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    if (op <= MP_BINARY_OP_NOT_EQUAL && mp_obj_is_obj(lhs) &&
        mp_obj_is_instance_type(((mp_obj_base_t*)MP_OBJ_TO_PTR(lhs))->type)) {
        heddle_next_comparison_unheld = true;
    }
    return mp_binary_op(op, lhs, rhs);
}
#define mp_binary_op heddle_vm_binary_op

// The scheduler's slices replace the bounce of the interpreter lock.
#undef MP_THREAD_GIL_EXIT
#undef MP_THREAD_GIL_ENTER
#define MP_THREAD_GIL_EXIT()
#define MP_THREAD_GIL_ENTER()
#endif

#include "py/vm.c"
