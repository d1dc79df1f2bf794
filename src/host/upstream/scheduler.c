// py/scheduler.c that tells a thread's callbacks from what they interrupt, with a queue as deep as the
// board's. What is pending waits for the end of a hard handler.
#include "host/upstream/hold.h"
#include "mpy/versions.h"
#include "py/mpconfig.h"
#include "py/runtime.h"

mp_obj_t heddle_call_callback(mp_obj_t function, mp_obj_t argument);
void heddle_callbacks_handled(void);
#define mp_call_function_1_protected heddle_call_callback

extern uint8_t heddle_schedule_depth;

// The queue is full at the board's depth, of the places that there are.
static inline unsigned int heddle_sched_num_pending(void) {
    const unsigned int pending = MP_STATE_VM(sched_len);
    return pending >= heddle_schedule_depth ? MICROPY_SCHEDULER_DEPTH : pending;
}
#undef mp_sched_num_pending
#define mp_sched_num_pending heddle_sched_num_pending

// A macro with arguments: it renames the definition, and leaves other files' calls to the function below.
void heddle_handle_pending(heddle_pending_t behaviour);
#define mp_handle_pending(behaviour) heddle_handle_pending(behaviour)
extern bool heddle_notes_places;
#undef MICROPY_SCHED_HOOK_SCHEDULED
#define MICROPY_SCHED_HOOK_SCHEDULED heddle_notes_places = true

#include "py/scheduler.c"
#undef mp_handle_pending

void mp_handle_pending(heddle_pending_t behaviour) {
    if (heddle_hard_handlers() == 0) {
        heddle_note_look();
        heddle_handle_pending(behaviour);
        heddle_callbacks_handled();
    }
}
