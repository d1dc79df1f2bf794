#include "thread/control.hpp"

#include <bit>
#include <utility>

#include "base/assert.hpp"
#include "port/linux/linux_port.hpp"
#include "thread/scheduler.hpp"
#include "thread/state.hpp"

namespace heddle::thread {

namespace {

Control& control() noexcept { return g.control; }

std::size_t stack_count() noexcept { return control().arena.bytes / control().arena.stack_bytes; }

Stack stack_numbered(std::size_t number) noexcept {
    char* base = control().arena.begin + number * control().arena.stack_bytes;
    return {base + kGuardBytes, base + control().arena.stack_bytes};
}

std::size_t number_of(Stack stack) noexcept {
    return static_cast<std::size_t>(stack.low - control().arena.begin) / control().arena.stack_bytes;
}

Stop reason(const Fiber& self, bool ends) noexcept {
    if (ends) {
        return Stop::ended;
    }
    if (std::exchange(control().pausing, false)) {
        return Stop::paused;
    }
    return self.state == FiberState::parked ? Stop::parked : Stop::ready;
}

}  // namespace

std::size_t FreeStacks::take() noexcept {
    for (std::size_t i = 0; i < std::size(words_); ++i) {
        if (words_[i] != 0) {
            const auto lowest = static_cast<std::size_t>(std::countr_zero(words_[i]));
            words_[i] &= words_[i] - 1;
            return 64 * i + lowest;
        }
    }
    return kMostControlledStacks;
}

port::Instant now() noexcept { return g.control.on ? control().clock : port::monotonic_now(); }

void set_clock(port::Instant now) noexcept { control().clock = now; }

void take_control(const StackArena& arena) noexcept {
    control().arena = arena;
    const std::size_t count = stack_count();
    require(count >= 1 && count <= kMostControlledStacks, "an arena with no stack, or more than it can have");
    control().free_stacks.fill(count);
    control().on = true;
}

bool is_controlled() noexcept { return g.control.on; }

bool is_fiber_running() noexcept { return g.control.on && g.current != nullptr; }

Stack acquire_stack(std::size_t bytes) noexcept {
    if (!g.control.on) {
        return g.stacks.acquire(bytes);
    }
    if (bytes > control().arena.stack_bytes - kGuardBytes) {
        return {};
    }
    // The lowest: which stack a thread gets depends on nothing but what is free.
    const std::size_t number = control().free_stacks.take();
    return number == kMostControlledStacks ? Stack{} : stack_numbered(number);
}

void release_stack(Stack stack) noexcept {
    if (!g.control.on) {
        g.stacks.release(stack);
    } else {
        control().free_stacks.add(number_of(stack));
    }
}

bool start_controlled(Entry entry, void* argument, std::size_t stack_bytes) noexcept {
    g.main = create(entry, argument, stack_bytes);
    if (g.main != nullptr) {
        start(*g.main);
    }
    return g.main != nullptr;
}

Stop resume(Fiber& fiber) noexcept {
    require(fiber.state == FiberState::ready, "a fiber is resumed that waits");
    Context here;
    control().search = &here;
    note_running(fiber);
    switch_context(here, fiber.context);
    give_back_finished_stack();
    return control().stop;
}

void leave_to_control(Fiber& self, bool ends) noexcept {
    control().stop = reason(self, ends);
    note_left(self);
    switch_context(self.context, *control().search, ends);
}

void pause_here() noexcept {
    Fiber& self = *g.current;
    self.state = FiberState::ready;
    control().pausing = true;
    leave_to_control(self, false);
}

void pause_before_end() noexcept {
    if (g.control.on && g.thread_limit != 0 && g.current->role == Role::program) {
        pause_here();
    }
}

void pause_with(const void* pending) noexcept {
    Fiber& self = *g.current;
    self.pending = pending;
    pause_here();
    self.pending = nullptr;
}

std::size_t current_number() noexcept { return g.current->number; }

std::size_t threads_ever() noexcept { return g.last_id; }

void end_wait(Fiber& fiber, port::Wake why) noexcept { wake_parked(fiber, why); }

Fiber* find_fiber(ThreadId id) noexcept {
    Fiber* found = nullptr;
    g.fibers.for_each([&found, id](Fiber& fiber) { found = fiber.id == id ? &fiber : found; });
    return found;
}

Bytes scheduler_bytes() noexcept { return {reinterpret_cast<char*>(&g), sizeof g}; }

Bytes stack_in_use(const Fiber& fiber) noexcept {
    auto* place = static_cast<char*>(fiber.context.place);
    return {place, static_cast<std::size_t>(fiber.stack.high - place)};
}

void visit_fibers(void (*visit)(Fiber& fiber, void* context), void* context) noexcept {
    g.fibers.for_each([visit, context](Fiber& fiber) { visit(fiber, context); });
}

}  // namespace heddle::thread
