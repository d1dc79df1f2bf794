// py/vm.c with its trace hooks turned into the scheduler's: nothing but a test of one byte when nobody asked
// for them.
#include "host/upstream/vm_hooks.h"
#include "py/mpconfig.h"
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

// The scheduler's slices replace the bounce of the interpreter lock.
#undef MP_THREAD_GIL_EXIT
#undef MP_THREAD_GIL_ENTER
#define MP_THREAD_GIL_EXIT()
#define MP_THREAD_GIL_ENTER()
#endif

#include "py/vm.c"
