#include "thread/scheduler.hpp"

#include <unistd.h>

#include <climits>
#include <cstring>
#include <new>
#include <utility>

#include "base/assert.hpp"
#include "port/linux/linux_port.hpp"
#include "thread/state.hpp"

extern "C" {
int heddle_slice_budget = 1;
void* heddle_thread_local = nullptr;
}

namespace heddle::thread {

using port::Instant;
using port::kForever;
using port::Wake;

namespace {

// A call that lasts less keeps its place: waking another carrier costs about as much.
constexpr Instant kStealAfterNs = 20'000;

// How often a running fiber looks at the clock while others want to run.
constexpr Instant kLookNs = 2'000;

// Jumps between two looks, at the most: of simple bytecode, about kLookNs.
constexpr int kMostJumps = 64;

void carrier_loop(Carrier& carrier) noexcept;

}  // namespace

// Never destroyed: carriers in blocking calls outlive the main fiber.
Scheduler& g = *new Scheduler(carrier_loop);

// ---- what is ready

void make_ready(Fiber& fiber) noexcept {
    fiber.state = FiberState::ready;
    if (g.control.on) {
        return;
    }
    g.ready.push_back(fiber);
    // Whoever runs looks soon.
    heddle_slice_budget = 1;
}

namespace {

void stop_sleeping(Fiber& fiber) noexcept {
    if (fiber.deadline != kForever) {
        if (!g.control.on) {
            g.sleeping.erase(&fiber);
        }
        fiber.deadline = kForever;
    }
}

}  // namespace

void wake_parked(Fiber& fiber, Wake why) noexcept {
    stop_sleeping(fiber);
    fiber.wake = why;
    make_ready(fiber);
}

void interrupt_wait_of(Fiber& fiber) noexcept {
    if (fiber.state == FiberState::parked) {
        wake_parked(fiber, Wake::interrupted);
    } else {
        fiber.event = true;
    }
}

void collect_returning() noexcept {
    Carrier* carrier = g.carriers.take_returning();
    while (carrier != nullptr) {
        Carrier* next = std::exchange(carrier->next_returning, nullptr);
        carrier->blocked->state = FiberState::returning;
        g.ready.push_back(*carrier->blocked);
        carrier = next;
    }
}

namespace {

void wake_sleepers() noexcept {
    if (g.sleeping.empty()) {
        return;
    }
    const Instant now = thread::now();
    while (!g.sleeping.empty() && (*g.sleeping.begin())->deadline <= now) {
        wake_parked(**g.sleeping.begin(), Wake::timed_out);
    }
}

void look_around() noexcept {
    if (g.carriers.attention()) {
        g.carriers.clear_attention();
        collect_returning();
        if (g.interrupted.load(std::memory_order_seq_cst) != nullptr && g.main != nullptr) {
            interrupt_wait_of(*g.main);
        }
    }
    wake_sleepers();
}

}  // namespace

Instant work_at() noexcept {
    if (!g.ready.empty()) {
        return thread::now() + kStealAfterNs;
    }
    return g.sleeping.empty() ? kForever : (*g.sleeping.begin())->deadline;
}

// ---- switching

void give_back_finished_stack() noexcept {
    if (Fiber* fiber = std::exchange(g.finished, nullptr); fiber != nullptr) {
        const Stack stack = fiber->stack;
        end_context(fiber->context);
        fiber->~Fiber();
        release_stack(stack);
    }
}

void note_running(Fiber& fiber) noexcept {
    fiber.state = FiberState::running;
    g.current = &fiber;
    heddle_thread_local = fiber.local;
    if (std::exchange(g.last, &fiber) != &fiber) {
        g.slice.start = 0;
        heddle_slice_budget = 1;
    }
}

void note_left(Fiber& fiber) noexcept {
    fiber.local = heddle_thread_local;
    g.current = nullptr;
}

void switch_from(Fiber& self, bool ends) noexcept {
    if (g.control.on) {
        leave_to_control(self, ends);
        return;
    }
    look_around();
    note_left(self);
    Fiber* next = g.ready.front();
    if (next == &self) {
        g.ready.pop_front();
        note_running(self);
        return;
    }
    if (next != nullptr && next->state == FiberState::ready) {
        g.ready.pop_front();
        note_running(*next);
        switch_context(self.context, next->context, ends);
    } else {
        switch_context(self.context, g.carriers.holder()->loop, ends);
    }
    give_back_finished_stack();
}

namespace {

/// Runs fibers until none is ready for this carrier, or the main one has ended.
void run_fibers(Carrier& carrier) noexcept {
    for (;;) {
        give_back_finished_stack();
        if (g.over.load(std::memory_order_relaxed)) {
            return;
        }
        look_around();
        Fiber* next = g.ready.front();
        if (next == nullptr || next->state == FiberState::returning) {
            return;
        }
        g.ready.pop_front();
        note_running(*next);
        switch_context(carrier.loop, next->context);
    }
}

/// The first thing that a carrier does, and all: it has the token at the start.
void carrier_loop(Carrier& carrier) noexcept {
    for (;;) {
        run_fibers(carrier);
        if (g.over.load(std::memory_order_relaxed)) {
            tell_first_thread();
            for (;;) {
                pause();  // with the token: nothing else of the program runs any more
            }
        }
        if (Fiber* next = g.ready.pop_front(); next != nullptr) {
            g.carriers.give_and_stand_by(carrier, *next->carrier);
        } else {
            g.carriers.release_and_stand_by(carrier, work_at());
        }
    }
}

// ---- fibers

void forget(Fiber& fiber) noexcept {
    IntrusiveList<Fiber, AllFibers>::erase(fiber);
    --g.fiber_count;
    g.services -= fiber.role == Role::service ? 1 : 0;
}

void fiber_main(boost::context::detail::transfer_t transfer) {
    Fiber& self = *g.current;
    arrive(self.context, transfer);
    give_back_finished_stack();
    self.entry(self.argument);
    self.state = FiberState::finished;
    forget(self);
    if (&self == g.main && !g.control.on) {
        g.over.store(true, std::memory_order_seq_cst);
        switch_context(self.context, g.carriers.holder()->loop, true);
    }
    g.finished = &self;
    switch_from(self, true);
    stop("a finished thread was run again");
}

constexpr std::size_t aligned(std::size_t bytes) noexcept { return (bytes + 63) / 64 * 64; }

}  // namespace

Fiber* create(Entry entry, void* argument, std::size_t stack_bytes, std::size_t argument_bytes,
              Role role) noexcept {
    if (role == Role::program && g.thread_limit != 0 && live_threads() >= g.thread_limit) {
        return nullptr;
    }
    const std::size_t bytes =
        stack_bytes + kStackMarginBytes + aligned(sizeof(Fiber)) + aligned(argument_bytes);
    if (bytes < stack_bytes) {
        return nullptr;
    }
    const Stack stack = acquire_stack(bytes);
    if (stack.low == nullptr) {
        return nullptr;
    }
    char* top = stack.high - aligned(sizeof(Fiber));
    auto* fiber = new (top) Fiber;
    fiber->stack = stack;
    fiber->id = ++g.last_id;
    fiber->entry = entry;
    fiber->argument = argument;
    fiber->role = role;
    if (argument_bytes != 0) {
        top -= aligned(argument_bytes);
        fiber->argument = std::memset(top, 0, argument_bytes);
    }
    make_context(fiber->context, stack.low, static_cast<std::size_t>(top - stack.low), fiber_main);
    g.fibers.push_back(*fiber);
    ++g.fiber_count;
    g.services += role == Role::service ? 1 : 0;
    return fiber;
}

ThreadId start(Fiber& fiber) noexcept {
    make_ready(fiber);
    return fiber.id;
}

void set_thread_limit(std::size_t threads) noexcept { g.thread_limit = threads; }

ThreadId current_id() noexcept { return g.current->id; }

ThreadId id_of_local(const void* local) noexcept {
    if (g.current != nullptr && local == heddle_thread_local) {
        return current_id();
    }
    ThreadId found = 0;
    g.fibers.for_each([&found, local](const Fiber& fiber) {
        found = &fiber != g.current && fiber.local == local ? fiber.id : found;
    });
    return found;
}

char* stack_top() noexcept { return reinterpret_cast<char*>(g.current); }

std::size_t stack_left() noexcept {
    const char* here = static_cast<char*>(__builtin_frame_address(0));
    const Stack& stack = g.current->stack;
    return here >= stack.low && here < stack.high ? static_cast<std::size_t>(here - stack.low) : 0;
}

bool is_stack_exhausted_at(const void* address) noexcept {
    if (g.control.on) {
        return g.current != nullptr && g.current->stack.guards(address);
    }
    const Carrier* carrier = this_carrier();
    return carrier != nullptr && carrier == g.carriers.holder() && g.current != nullptr &&
           g.current->stack.guards(address);
}

std::size_t live_threads() noexcept { return g.fiber_count - g.services; }

bool program_is_ready() noexcept {
    bool found = false;
    g.fibers.for_each([&found](const Fiber& fiber) {
        found = found || (fiber.role == Role::program &&
                          (fiber.state == FiberState::ready || fiber.state == FiberState::returning));
    });
    return found;
}

void yield() noexcept {
    Fiber& self = *g.current;
    make_ready(self);
    switch_from(self, false);
}

namespace {

/// Jumps until the next look, from the time that the last ones took. Their number changes each time: a loop
/// in step with it would always be stopped at one place, perhaps with a lock held.
int jumps_until_look(Instant elapsed) noexcept {
    g.slice.step = (g.slice.step + 7) % 31;
    const Instant each = elapsed / g.slice.jumps + 1;
    const Instant jumps = kLookNs / each;
    return jumps >= kMostJumps ? kMostJumps - g.slice.step : static_cast<int>(jumps) + 1;
}

void look_again_after(int jumps) noexcept {
    g.slice.jumps = jumps;
    heddle_slice_budget = jumps;
}

bool others_may_want_to_run() noexcept {
    return !g.ready.empty() || !g.sleeping.empty() || g.blocking_calls > 0 || g.carriers.attention();
}

}  // namespace

void end_of_slice() noexcept {
    if (g.control.on) {
        look_again_after(INT_MAX);
        return;
    }
    if (!others_may_want_to_run()) {
        g.slice.start = 0;
        look_again_after(kMostJumps);
        return;
    }
    look_around();
    const Instant now = thread::now();
    const Instant last_look = std::exchange(g.slice.last_look, now);
    if (g.slice.start == 0) {
        g.slice.start = now;
        look_again_after(1);
        return;
    }
    look_again_after(jumps_until_look(now - last_look));
    if (now - g.slice.start >= kSliceNs && !g.ready.empty() && g.current->holds == 0) {
        yield();
    }
}

void begin_callback() noexcept { ++g.current->callbacks; }

void end_callback() noexcept { --g.current->callbacks; }

bool in_callback() noexcept { return g.current->callbacks > 0; }

void begin_interrupt() noexcept {
    ++g.current->interrupts;
    ++g.current->holds;
}

void end_interrupt() noexcept {
    --g.current->interrupts;
    --g.current->holds;
}

bool in_interrupt() noexcept { return interrupts() > 0; }

int interrupts() noexcept { return g.current->interrupts; }

void begin_hold() noexcept { ++g.current->holds; }

void end_hold() noexcept { --g.current->holds; }

bool is_held() noexcept { return g.current->holds > 0; }

void interrupt_own_wait() noexcept { g.current->event = true; }

bool interrupt_a_wait() noexcept {
    if (g.main->state == FiberState::parked) {
        interrupt_wait_of(*g.main);
        return true;
    }
    bool found = false;
    g.fibers.for_each([&found](Fiber& fiber) {
        if (!found && fiber.state == FiberState::parked && fiber.role == Role::program) {
            found = true;
            interrupt_wait_of(fiber);
        }
    });
    return found;
}

void visit_suspended_stacks(VisitMemory visit) {
    const auto visit_range = [visit](void* begin, void* end) {
        visit(static_cast<void**>(begin),
              static_cast<std::size_t>(static_cast<char*>(end) - static_cast<char*>(begin)) / sizeof(void*));
    };
    g.fibers.for_each([visit_range](Fiber& fiber) {
        if (&fiber == g.current) {
            visit_range(&fiber.argument, &fiber.argument + 1);
            return;
        }
        const bool in_call = fiber.state == FiberState::blocking || fiber.state == FiberState::returning;
        // The fiber itself, with its registers and its entry's argument, ends where its stack does.
        visit_range(in_call ? fiber.blocked_at : fiber.context.place, fiber.stack.high);
    });
}

}  // namespace heddle::thread
