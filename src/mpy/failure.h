// What this room asks of its platform when a handler fails.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

// Prints, after the traceback of an exception that a hard handler did not catch, what there is to explain.
void heddle_explain_failure(mp_obj_t exception);

// An exception that nobody caught has ended a thread, a callback or a handler; it has been printed.
void heddle_note_uncaught(mp_obj_t exception);

#ifdef __cplusplus
}
#endif
