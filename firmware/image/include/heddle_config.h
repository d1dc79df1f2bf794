// MicroPython's configuration of an image: its qemu port's, with the differences below.
#pragma once

#include <stdint.h>

#include "ports/qemu/mpconfigport.h"

#undef MICROPY_PY_TIME
#define MICROPY_PY_TIME (1)
#define MICROPY_PY_TIME_TIME_TIME_NS (1)
#define MICROPY_PY_TIME_INCLUDEFILE "heddle_time.h"

#define MICROPY_PY_THREAD (1)
#define MICROPY_PY_THREAD_GIL (1)

#define MICROPY_PORT_INIT_FUNC heddle_start()
#define MICROPY_SCHED_HOOK_SCHEDULED heddle_note_event()
#define MICROPY_BEGIN_ATOMIC_SECTION() heddle_begin_atomic_section()
#define MICROPY_END_ATOMIC_SECTION(state) heddle_end_atomic_section(state)

// What waits for events waits for an interrupt, and lets other threads run.
#define MICROPY_INTERNAL_WFE(timeout_ms) heddle_wait_for_event((int)(timeout_ms))

#define HEDDLE_RUNNING_FRAME() heddle_running_frame()

#define MICROPY_BANNER_NAME_AND_VERSION "MicroPython " MICROPY_GIT_TAG " with Heddle"

#ifdef __cplusplus
extern "C" {
#endif

void heddle_start(void);
void heddle_note_event(void);
uintptr_t heddle_begin_atomic_section(void);
void heddle_end_atomic_section(uintptr_t state);
void heddle_wait_for_event(int timeout_ms);
const struct _mp_code_state_t* heddle_running_frame(void);

#ifdef __cplusplus
}
#endif
