#include "program/callbacks.hpp"

#include <utility>

#include "base/state.h"
#include "host/threads.hpp"
#include "program/state.hpp"
#include "program/turns.hpp"
#include "thread/control.hpp"
#include "thread/scheduler.hpp"

namespace heddle::program {
namespace {

HEDDLE_STATE thread::ThreadId host_thread = 0;
HEDDLE_STATE mp_obj_t running = MP_OBJ_NULL;  // on that thread's stack too, for the collector
HEDDLE_STATE bool has_begun = false;
HEDDLE_STATE bool is_over = false;

// Of the present step.
CallbackNotes notes;

bool watching = false;

}  // namespace

thread::ThreadId callback_host() noexcept { return host_thread; }

mp_obj_t callback_function() noexcept {
    if (host_thread != 0) {
        return running;
    }
    return callbacks_queued() == 0 ? MP_OBJ_NULL : MP_STATE_VM(sched_queue)[MP_STATE_VM(sched_idx)].func;
}

bool is_callback_due() noexcept { return host_thread == 0 && MP_STATE_VM(sched_state) == MP_SCHED_PENDING; }

std::size_t callbacks_queued() noexcept { return MP_STATE_VM(sched_len); }

void begin_callback_notes(bool is_callback) noexcept {
    notes = {};
    notes.begins = is_callback && !std::exchange(has_begun, true);
}

CallbackNotes take_callback_notes() noexcept {
    if (is_over) {
        host_thread = 0;
        running = MP_OBJ_NULL;
        has_begun = is_over = false;
        notes.ends = true;
    }
    return std::exchange(notes, {});
}

void watch_all() noexcept { watching = true; }

}  // namespace heddle::program

namespace heddle {

using namespace program;

bool exploration::watches_all() noexcept { return watching; }

void exploration::begin_callback(mp_obj_t function) noexcept {
    if (!host::may_switch() || (phase != Phase::running && phase != Phase::ended)) {
        notes.runs_within = true;  // all of it is a part of the thread's step
        return;
    }
    if (is_on_trial()) {
        end_trial();
    }
    host_thread = thread::current_id();
    running = function;
    thread::pause_here();
}

void exploration::end_callback() noexcept {
    is_over = host_thread != 0 && host_thread == thread::current_id();
}

void exploration::note_look() noexcept { notes.looked = watching; }

}  // namespace heddle

// The scheduler has been unlocked.
extern "C" void heddle_callbacks_handled(void) {
    if (heddle::program::is_over) {
        heddle::thread::pause_here();
    }
}
