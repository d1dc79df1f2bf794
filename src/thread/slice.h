// What the interpreter's inner loop touches, in C: one counter and one pointer.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// Jumps until the running thread looks at the clock. The loop counts it down and calls its time-slice check
// at 0.
extern int heddle_slice_budget;

// A word of the running thread's own; follows it through every switch.
extern void* heddle_thread_local;

#ifdef __cplusplus
}
#endif
