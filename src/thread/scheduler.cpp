#include "thread/scheduler.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <new>
#include <set>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "port/linux/linux_port.hpp"
#include "thread/carriers.hpp"

extern "C" {
int heddle_slice_budget = 1;
void* heddle_thread_local = nullptr;
}

namespace heddle::thread {
namespace {

using port::FiberParker;
using port::Instant;
using port::kForever;
using port::Wake;

// A call that lasts less keeps its place: waking another carrier costs about as much.
constexpr Instant kStealAfterNs = 20'000;

// Jumps between two looks at the clock: about a tenth of a slice of simple bytecode.
constexpr int kSliceBudget = 64;

// How often a main thread that has not noticed its interrupt is told again.
constexpr Instant kRepeatInterruptNs = 1'000'000;

// Interrupts a system call of the carrier it is sent to; its handler does nothing.
int wake_signal() noexcept { return SIGRTMIN + 5; }

struct ByDeadline {
    bool operator()(const Fiber* a, const Fiber* b) const noexcept {
        return a->deadline != b->deadline ? a->deadline < b->deadline : a->id < b->id;
    }
};

void carrier_loop(Carrier& carrier) noexcept;

/// All of it but `carriers`, `interrupted` and `over` belongs to the holder of the run token.
struct Scheduler {
    Carriers carriers{carrier_loop};
    Fiber* current = nullptr;
    Fiber* main = nullptr;
    Fiber* finished = nullptr;  // left for good, its stack not yet given back
    IntrusiveList<Fiber> ready;
    std::set<Fiber*, ByDeadline> sleeping;
    std::vector<Fiber*> fibers;
    StackPool stacks;
    Instant slice_start = 0;  // 0: the clock was not read yet in this slice
    ThreadId last_id = 0;
    std::size_t blocking_calls = 0;
    std::size_t thread_limit = 0;

    // What the program's first thread waits for.
    std::atomic<std::uint32_t> news{0};
    std::atomic<bool> over{false};
    std::atomic<bool (*)()> interrupted{nullptr};
    std::atomic<pid_t> main_in_call{0};  // the carrier whose system call is the main fiber's
};

// Never destroyed: carriers in blocking calls outlive the main fiber.
Scheduler& g = *new Scheduler;

void tell_first_thread() noexcept {
    g.news.fetch_add(1, std::memory_order_release);
    port::futex_wake(g.news, 1);
}

// ---- what is ready

void make_ready(Fiber& fiber) noexcept {
    fiber.state = FiberState::ready;
    g.ready.push_back(fiber);
}

void stop_sleeping(Fiber& fiber) noexcept {
    if (fiber.deadline != kForever) {
        g.sleeping.erase(&fiber);
        fiber.deadline = kForever;
    }
}

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

void wake_sleepers() noexcept {
    if (g.sleeping.empty()) {
        return;
    }
    const Instant now = port::monotonic_now();
    while (!g.sleeping.empty() && (*g.sleeping.begin())->deadline <= now) {
        wake_parked(**g.sleeping.begin(), Wake::timed_out);
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

Instant work_at() noexcept {
    if (!g.ready.empty()) {
        return port::monotonic_now() + kStealAfterNs;
    }
    return g.sleeping.empty() ? kForever : (*g.sleeping.begin())->deadline;
}

// ---- switching

void give_back_finished_stack() noexcept {
    if (Fiber* fiber = std::exchange(g.finished, nullptr); fiber != nullptr) {
        const Stack stack = fiber->stack;
        end_context(fiber->context);
        fiber->~Fiber();
        g.stacks.release(stack);
    }
}

void note_running(Fiber& fiber) noexcept {
    fiber.state = FiberState::running;
    g.current = &fiber;
    g.slice_start = 0;
    heddle_thread_local = fiber.local;
}

void leave(Fiber& fiber) noexcept {
    fiber.local = heddle_thread_local;
    g.current = nullptr;
}

/// Leaves the running fiber, whose new state is set, for the next one.
void switch_from(Fiber& self, bool ends) noexcept {
    look_around();
    leave(self);
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
    g.fibers[fiber.index] = g.fibers.back();
    g.fibers[fiber.index]->index = fiber.index;
    g.fibers.pop_back();
}

void fiber_main(boost::context::detail::transfer_t transfer) {
    Fiber& self = *g.current;
    arrive(self.context, transfer);
    give_back_finished_stack();
    self.entry(self.argument);
    self.state = FiberState::finished;
    forget(self);
    if (&self == g.main) {
        g.over.store(true, std::memory_order_seq_cst);
        switch_context(self.context, g.carriers.holder()->loop, true);
    }
    g.finished = &self;
    switch_from(self, true);
    stop("a finished thread was run again");
}

constexpr std::size_t aligned(std::size_t bytes) noexcept {
    return (bytes + 63) / 64 * 64;
}

// ---- the program's first thread

/// Tells the main fiber of an interrupt until it has noticed.
void pass_interrupt_on(bool (*handled)()) noexcept {
    while (!g.over.load(std::memory_order_seq_cst) && !handled()) {
        g.carriers.attract_attention();
        if (const pid_t carrier = g.main_in_call.load(std::memory_order_seq_cst); carrier != 0) {
            tgkill(getpid(), carrier, wake_signal());
        }
        const std::uint32_t seen = g.news.load(std::memory_order_acquire);
        port::futex_wait(g.news, seen, port::monotonic_now() + kRepeatInterruptNs);
    }
}

void wait_for_the_end() noexcept {
    for (;;) {
        const std::uint32_t seen = g.news.load(std::memory_order_acquire);
        if (g.over.load(std::memory_order_seq_cst)) {
            return;
        }
        if (auto* handled = g.interrupted.load(std::memory_order_seq_cst); handled != nullptr) {
            pass_interrupt_on(handled);
            g.interrupted.store(nullptr, std::memory_order_seq_cst);
            continue;
        }
        port::futex_wait(g.news, seen, kForever);
    }
}

void install_wake_signal() noexcept {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    sigemptyset(&action.sa_mask);
    sigaction(wake_signal(), &action, nullptr);
}

}  // namespace

Fiber* create(Entry entry, void* argument, std::size_t stack_bytes, std::size_t argument_bytes) noexcept {
    if (g.thread_limit != 0 && g.fibers.size() >= g.thread_limit) {
        return nullptr;
    }
    const std::size_t bytes = stack_bytes + kStackMarginBytes + aligned(sizeof(Fiber)) + aligned(argument_bytes);
    if (bytes < stack_bytes) {
        return nullptr;
    }
    const Stack stack = g.stacks.acquire(bytes);
    if (stack.low == nullptr) {
        return nullptr;
    }
    char* top = stack.high - aligned(sizeof(Fiber));
    auto* fiber = new (top) Fiber;
    fiber->stack = stack;
    fiber->id = ++g.last_id;
    fiber->entry = entry;
    fiber->argument = argument;
    fiber->index = g.fibers.size();
    if (argument_bytes != 0) {
        top -= aligned(argument_bytes);
        fiber->argument = std::memset(top, 0, argument_bytes);
    }
    make_context(fiber->context, stack.low, static_cast<std::size_t>(top - stack.low), fiber_main);
    g.fibers.push_back(fiber);
    return fiber;
}

bool run(Entry entry, void* argument, std::size_t stack_bytes) {
    install_wake_signal();
    g.main = create(entry, argument, stack_bytes);
    if (g.main == nullptr) {
        return false;
    }
    start(*g.main);
    if (!g.carriers.add_first()) {
        return false;
    }
    wait_for_the_end();
    return true;
}

ThreadId start(Fiber& fiber) noexcept {
    make_ready(fiber);
    return fiber.id;
}

void set_thread_limit(std::size_t threads) noexcept { g.thread_limit = threads; }

ThreadId current_id() noexcept { return g.current->id; }

char* stack_top() noexcept { return reinterpret_cast<char*>(g.current); }

std::size_t stack_left() noexcept {
    return static_cast<std::size_t>(static_cast<char*>(__builtin_frame_address(0)) - g.current->stack.low);
}

bool is_stack_exhausted_at(const void* address) noexcept {
    const Carrier* carrier = this_carrier();
    return carrier != nullptr && carrier == g.carriers.holder() && g.current != nullptr &&
           g.current->stack.guards(address);
}

std::size_t live_threads() noexcept { return g.fibers.size(); }

void yield() noexcept {
    Fiber& self = *g.current;
    make_ready(self);
    switch_from(self, false);
}

Wake sleep_until(Instant deadline) noexcept {
    FiberParker parker;
    return port::park_fiber(parker, deadline);
}

void end_of_slice() noexcept {
    heddle_slice_budget = kSliceBudget;
    if (g.ready.empty() && g.sleeping.empty() && !g.carriers.attention()) {
        return;
    }
    look_around();
    if (g.ready.empty() || g.current->holds > 0) {
        return;
    }
    const Instant now = port::monotonic_now();
    if (g.slice_start == 0) {
        g.slice_start = now;
    } else if (now - g.slice_start >= kSliceNs) {
        yield();
    }
}

void begin_hold() noexcept {
    ++g.current->holds;
}

void end_hold() noexcept {
    --g.current->holds;
}

bool is_held() noexcept {
    return g.current->holds > 0;
}

[[gnu::noinline]] void enter_blocking_call() noexcept {
    Fiber& self = *g.current;
    save_registers(self.registers);
    self.blocked_at = static_cast<char*>(__builtin_frame_address(0));
    self.carrier = g.carriers.holder();
    self.carrier->blocked = &self;
    self.state = FiberState::blocking;
    ++g.blocking_calls;
    if (&self == g.main) {
        g.main_in_call.store(self.carrier->system_id, std::memory_order_seq_cst);
    }
    leave(self);
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

std::size_t blocking_calls() noexcept {
    return g.blocking_calls;
}

void interrupt_a_wait() noexcept {
    if (g.main->state == FiberState::parked) {
        interrupt_wait_of(*g.main);
        return;
    }
    for (Fiber* fiber : g.fibers) {
        if (fiber->state == FiberState::parked) {
            interrupt_wait_of(*fiber);
            return;
        }
    }
}

void interrupt_main(bool (*handled)()) noexcept {
    g.interrupted.store(handled, std::memory_order_seq_cst);
    tell_first_thread();
}

void visit_suspended_stacks(VisitMemory visit) {
    const auto visit_range = [visit](void* begin, void* end) {
        visit(static_cast<void**>(begin),
              static_cast<std::size_t>(static_cast<char*>(end) - static_cast<char*>(begin)) / sizeof(void*));
    };
    for (Fiber* fiber : g.fibers) {
        if (fiber == g.current) {
            visit_range(&fiber->argument, &fiber->argument + 1);
            continue;
        }
        const bool in_call = fiber->state == FiberState::blocking || fiber->state == FiberState::returning;
        // The fiber itself, with its registers and its entry's argument, ends where its stack does.
        visit_range(in_call ? fiber->blocked_at : fiber->context.place, fiber->stack.high);
    }
}

}  // namespace heddle::thread

namespace heddle::port {

using thread::Fiber;
using thread::FiberState;

FiberParker::FiberParker() noexcept : fiber(thread::g.current) {}

Wake park_fiber(FiberParker& parker, Instant deadline) noexcept {
    Fiber& self = *thread::g.current;
    if (parker.unparked) {
        return Wake::unparked;
    }
    if (std::exchange(self.event, false)) {
        return Wake::interrupted;
    }
    if (deadline != kForever) {
        if (deadline <= monotonic_now()) {
            return Wake::timed_out;
        }
        self.deadline = deadline;
        thread::g.sleeping.insert(&self);
    }
    self.parker = &parker;
    self.state = FiberState::parked;
    thread::switch_from(self, false);
    self.parker = nullptr;
    return parker.unparked ? Wake::unparked : self.wake;
}

void unpark_fiber(FiberParker& parker) noexcept {
    parker.unparked = true;
    auto& fiber = *static_cast<Fiber*>(parker.fiber);
    if (fiber.state == FiberState::parked && fiber.parker == &parker) {
        thread::wake_parked(fiber, Wake::unparked);
    }
}

bool in_interrupt_handler() noexcept { return false; }

}  // namespace heddle::port
