// What the image's threads and mutexes have to do with handlers.
#include "mpy/failure.h"
#include "mpy/handlers.hpp"
#include "mpy/micropython.hpp"

namespace heddle::mpy {

// These boards have no thread for interrupts.
bool post(Handler&) noexcept { return false; }
devices::Line posted_line() noexcept { return devices::kNoLine; }

}  // namespace heddle::mpy

extern "C" {

void heddle_note_deferred(void) { heddle::mpy::note_deferred(); }

mp_obj_t heddle_call_scheduled(mp_obj_t function, mp_obj_t argument) {
    heddle::mpy::call_scheduled(function, argument);
    return mp_const_none;
}

// There is nothing to explain but what the traceback says.
void heddle_explain_failure(mp_obj_t) {}

}  // extern "C"
