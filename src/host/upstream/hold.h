// Keeping the end of a time slice out of C code that holds pointers into a container while it calls Python,
// and hard handlers out of what is not theirs.
#pragma once

#include "py/nlr.h"

// Between these two, on one thread, only a wait lets others run. Nests; a raise ends it too.
void heddle_hold_begin(nlr_jump_callback_node_t* node);
void heddle_hold_end(void);

// How many hard handlers of interrupts the running thread is in, one within the other.
int heddle_hard_handlers(void);

// The next comparison of an instance is a statement of the program: no container waits for its result.
extern bool heddle_next_comparison_unheld;
