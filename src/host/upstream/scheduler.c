// py/scheduler.c that tells a thread's callbacks from what they interrupt, with a queue as deep as the board's.
#include "py/mpconfig.h"
#include "py/runtime.h"

mp_obj_t heddle_call_callback(mp_obj_t function, mp_obj_t argument);
#define mp_call_function_1_protected heddle_call_callback

extern uint8_t heddle_schedule_depth;

// The queue is full at the board's depth, of the places that there are.
static inline unsigned int heddle_sched_num_pending(void) {
    const unsigned int pending = MP_STATE_VM(sched_len);
    return pending >= heddle_schedule_depth ? MICROPY_SCHEDULER_DEPTH : pending;
}
#undef mp_sched_num_pending
#define mp_sched_num_pending heddle_sched_num_pending

#include "py/scheduler.c"
