// What a handler's failure means.
#include "mpy/failure.h"

extern "C" void heddle_explain_failure(mp_obj_t) {}
