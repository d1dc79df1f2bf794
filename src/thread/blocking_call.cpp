// Blocking calls: a fiber stays on its carrier, the run token does not.
#include "thread/scheduler.hpp"
#include "thread/state.hpp"

namespace heddle::thread {
namespace {

/// Copies the stack's end, which holds what the frames of callers keep in registers: the frames from here to
/// the call that blocks are gone when it does. More than the end is read, red zones of the sanitizer
/// included.
[[gnu::noinline, gnu::no_sanitize_address]] void save_stack_end(Fiber& fiber, void* const* end) noexcept {
    for (void*& word : fiber.saved_stack_end) {
        word = *end++;
    }
}

}  // namespace

[[gnu::noinline]] void enter_blocking_call() noexcept {
    if (g.control.on) {
        return;  // the search waits with it
    }
    Fiber& self = *g.current;
    // Makes this function's prologue put all of them on the stack.
    __builtin_unwind_init();
    void* here = nullptr;
    save_stack_end(self, &here);
    self.blocked_at = static_cast<char*>(__builtin_frame_address(0));
    self.carrier = g.carriers.holder();
    self.carrier->blocked = &self;
    self.state = FiberState::blocking;
    ++g.blocking_calls;
    if (&self == g.main) {
        g.main_in_call.store(self.carrier->system_id, std::memory_order_seq_cst);
    }
    note_left(self);
    if (Fiber* next = g.ready.front(); next != nullptr && next->state == FiberState::returning) {
        g.ready.pop_front();
        g.carriers.give(*next->carrier);
        return;
    }
    g.carriers.release(work_at());
}

[[gnu::noinline]] void leave_blocking_call() noexcept {
    Carrier& carrier = *this_carrier();
    const bool found_free = g.carriers.take_after_call(carrier);
    Fiber& self = *carrier.blocked;
    if (found_free) {
        collect_returning();
        if (self.state == FiberState::returning) {
            IntrusiveList<Fiber>::erase(self);
        }
    }
    carrier.blocked = nullptr;
    --g.blocking_calls;
    if (&self == g.main) {
        g.main_in_call.store(0, std::memory_order_relaxed);
    }
    note_running(self);
}

bool in_blocking_call() noexcept {
    const Carrier* carrier = this_carrier();
    return carrier != nullptr && carrier->blocked != nullptr;
}

std::size_t blocking_calls() noexcept { return g.blocking_calls; }

}  // namespace heddle::thread
