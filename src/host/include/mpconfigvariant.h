// What heddle's build of MicroPython's unix port differs in. ports/unix/mpconfigport.h includes this file
// first.
#pragma once

#define MICROPY_CONFIG_ROM_LEVEL (MICROPY_CONFIG_ROM_LEVEL_EXTRA_FEATURES)

#include "ports/unix/variants/mpconfigvariant_common.h"

// Code that is not bytecode passes no hook: it could be neither preempted nor checked.
#define MICROPY_EMIT_X64 (0)
#define MICROPY_EMIT_X86 (0)
#define MICROPY_EMIT_THUMB (0)
#define MICROPY_EMIT_ARM (0)

// A KeyboardInterrupt is raised by the thread that it reaches, not out of a signal handler.
#undef MICROPY_ASYNC_KBD_INTR
#define MICROPY_ASYNC_KBD_INTR (0)

// The interpreter lock is the scheduler's run token.
#define MICROPY_PY_THREAD (1)
#define MICROPY_PY_THREAD_GIL (1)
#define MICROPY_PY_THREAD_GIL_VM_DIVISOR (0)
#define MICROPY_VM_HOOK_LOOP          \
    if (--heddle_slice_budget <= 0) { \
        heddle_vm_end_of_slice();     \
    }

// The hooks of host/upstream/vm.c. The second follows from the first, also where a file is built without it.
#define MICROPY_PY_SYS_SETTRACE (1)
#define MICROPY_PERSISTENT_CODE_SAVE (1)

// time.sleep() is a wait of the scheduler.
#undef MICROPY_PY_TIME_INCLUDEFILE
#define MICROPY_PY_TIME_INCLUDEFILE "host/upstream/modtime_port.h"

// micropython.schedule's queue: places for the deepest board; heddle_schedule_depth is this board's.
#define MICROPY_SCHEDULER_DEPTH (64)

// Tells a search that a thread has looked at the queue.
#define HEDDLE_HAS_CALLBACKS() (heddle_note_look(), MP_STATE_VM(sched_state) == MP_SCHED_PENDING)

// machine.Signal(id, ...) makes its pin itself.
#define MICROPY_PY_MACHINE_PIN_MAKE_NEW mp_pin_make_new

// `heddle.board` is a module in a module.
#define MICROPY_MODULE_BUILTIN_SUBPACKAGES (1)

#define MICROPY_BANNER_NAME_AND_VERSION "MicroPython " MICROPY_GIT_TAG " in Heddle " HEDDLE_VERSION

#include "thread/slice.h"

void heddle_vm_end_of_slice(void);
void heddle_note_look(void);
