// MicroPython's thread layer on heddle's scheduler: the interpreter lock, the collector's view of stacks,
// slices.
#include "host/threads.hpp"

#include <cstring>
#include <utility>

#include "base/state.h"
#include "host/exploration.hpp"
#include "host/simulated_board.hpp"
#include "mpy/handlers.hpp"
#include "mpy/micropython.hpp"
#include "mpy/wait.hpp"
#include "thread/control.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "host/upstream/hold.h"
#include "shared/runtime/gchelper.h"
}

namespace heddle::host {
namespace {

constexpr std::size_t kCollectorStackBytes = std::size_t{32} * 1024;

bool lock_passes_around = false;

HEDDLE_STATE bool collecting = false;

}  // namespace

void share_interpreter(bool share) noexcept { lock_passes_around = share; }

bool is_collecting() noexcept { return collecting; }

bool may_switch() noexcept {
    // A finaliser runs within a collection: nobody else may see the heap then.
    return lock_passes_around && !collecting && !thread::is_held() && !mask_keeps_threads_out();
}

}  // namespace heddle::host

namespace heddle {

std::uintptr_t Platform::number_of(std::uintptr_t thread) noexcept {
    return thread::id_of_local(reinterpret_cast<const void*>(thread));
}

bool Platform::in_callback() noexcept { return thread::in_callback(); }

bool Platform::is_only_thread() noexcept { return thread::live_threads() == 1; }

void Platform::interrupt_own_wait() noexcept { thread::interrupt_own_wait(); }

void Platform::note_deferred() noexcept { mpy::note_deferred(); }

const char* Platform::reason_not_to_switch() noexcept {
    if (host::collecting) {
        return "can't wait for a lock in a finaliser";
    }
    if (thread::is_held()) {
        return "can't wait for a lock while a container compares its items";
    }
    if (host::mask_keeps_threads_out()) {
        return "can't wait for a lock while interrupts are disabled";
    }
    return nullptr;
}

}  // namespace heddle

extern "C" {

void mp_thread_mutex_init(mp_thread_mutex_t*) {}

// MP_THREAD_GIL_EXIT: a call that blocks follows.
void mp_thread_mutex_unlock(mp_thread_mutex_t*) {
    if (!heddle::host::may_switch()) {
        return;
    }
    if (MP_STATE_VM(sched_state) == MP_SCHED_PENDING) {
        heddle::thread::interrupt_a_wait();
    }
    heddle::thread::enter_blocking_call();
}

// MP_THREAD_GIL_ENTER: the call has returned.
int mp_thread_mutex_lock(mp_thread_mutex_t*, int) {
    if (heddle::thread::in_blocking_call()) {
        const int error = errno;
        heddle::thread::leave_blocking_call();
        errno = error;
    }
    return 1;
}

mp_obj_t heddle_call_callback(mp_obj_t function, mp_obj_t argument) {
    const bool is_explored = heddle::thread::is_controlled();
    heddle::thread::begin_callback();
    if (is_explored) {
        heddle::exploration::begin_callback(function);
    }
    heddle::mpy::call_scheduled(function, argument);
    heddle::thread::end_callback();
    if (is_explored) {
        heddle::exploration::end_callback();
    }
    return mp_const_none;
}

void heddle_hold_begin(nlr_jump_callback_node_t* node) {
    heddle::thread::begin_hold();
    nlr_push_jump_callback(node, [](void*) { heddle::thread::end_hold(); });
}

int heddle_hard_handlers(void) { return heddle::thread::interrupts(); }

void heddle_hold_end(void) { nlr_pop_jump_callback(true); }

mp_uint_t mp_thread_get_id(void) { return heddle::thread::current_id(); }

void heddle_vm_end_of_slice(void) {
    if (heddle::exploration::watches_all()) {
        heddle::exploration::note_look();
        heddle_slice_budget = 1;
        return;
    }
    if (heddle::host::may_switch()) {
        heddle::thread::end_of_slice();
    } else {
        heddle_slice_budget = 1;
    }
}

void heddle_note_look(void) { heddle::exploration::note_look(); }

void heddle_machine_idle(void) {
    if (heddle::host::may_switch()) {
        heddle::thread::yield();
    }
}

void gc_collect(void) {
    // Out of stack within a collection, the heap could not be mended: without one, only memory is short.
    if (heddle::thread::stack_left() < heddle::host::kCollectorStackBytes) {
        return;
    }
    const bool within_another = std::exchange(heddle::host::collecting, true);
    gc_collect_start();
    gc_helper_collect_regs_and_stack();
    heddle::thread::visit_suspended_stacks(gc_collect_root);
    gc_collect_end();
    heddle::host::collecting = within_another;
}

// A blocking call may be reading into a bytearray that its thread still holds: then nothing moves or shrinks
// in place, and the collector frees what nobody holds any more.
void* __real_gc_realloc(void* memory, size_t bytes, bool may_move);
void* __wrap_gc_realloc(void* memory, size_t bytes, bool may_move) {
    if (heddle::thread::blocking_calls() == 0 || memory == nullptr) {
        // Whether it has to move depends on what others have allocated. Its name must not.
        const bool grows = heddle::thread::is_controlled() && bytes > gc_nbytes(memory);
        void* now = __real_gc_realloc(memory, bytes, may_move);
        if (grows || now != memory) {
            heddle::exploration::name_object(now);
        }
        return now;
    }
    const size_t old_bytes = gc_nbytes(memory);
    if (bytes <= old_bytes) {
        return bytes == 0 ? nullptr : memory;
    }
    void* moved = may_move ? gc_alloc(bytes, false) : nullptr;
    if (moved != nullptr) {
        std::memcpy(moved, memory, old_bytes);
    }
    return moved;
}

uint8_t heddle_schedule_depth = 4;

}  // extern "C"
