// Threads of Python on heddle's scheduler.
#include <cstring>

#include "mpy/micropython.hpp"
#include "mpy/service_thread.hpp"
#include "mpy/thread_state.h"
#include "mpy/threads.hpp"
#include "thread/control.hpp"
#include "thread/scheduler.hpp"

namespace heddle::mpy {
namespace {

constexpr std::size_t kDefaultStackBytes = std::size_t{32} * 1024 * (sizeof(void*) / 4);

using threads::Start;

void run(void* argument) {
    auto& start = *static_cast<Start*>(argument);
    heddle_thread_state_t own;
    // mp_thread_init_state() leaves some fields as they are.
    std::memset(&own, 0, sizeof own);
    mp_thread_init_state(&own.state, start.stack_bytes, nullptr, nullptr);
    own.state.stack_top = thread::stack_top();
    start.body(start);
    thread::pause_before_end();
}

Start* create_as(thread::Role role, std::size_t bytes, std::size_t stack_bytes) noexcept {
    const std::size_t stack = stack_bytes == 0 ? kDefaultStackBytes : stack_bytes;
    thread::Fiber* fiber = thread::create(run, nullptr, stack, bytes, role);
    if (fiber == nullptr) {
        return nullptr;
    }
    auto* start = static_cast<Start*>(fiber->argument);
    start->stack_bytes = stack;
    start->handle = fiber;
    return start;
}

struct Service : Start {
    void (*function)();
};

}  // namespace

namespace threads {

Start* create(std::size_t bytes, std::size_t stack_bytes) {
    return create_as(thread::Role::program, bytes, stack_bytes);
}

std::uintptr_t start(Start& start, const char*&) {
    return thread::start(*static_cast<thread::Fiber*>(start.handle));
}

std::uintptr_t current_id() noexcept { return thread::current_id(); }

}  // namespace threads

bool start_service_thread(void (*body)(), std::size_t stack_bytes) noexcept {
    Start* start = create_as(thread::Role::service, sizeof(Service), stack_bytes);
    if (start == nullptr) {
        return false;
    }
    static_cast<Service*>(start)->function = body;
    start->body = [](Start& own) { static_cast<Service&>(own).function(); };
    const char* why = nullptr;
    return threads::start(*start, why) != 0;
}

}  // namespace heddle::mpy
