#include "mpy/service_thread.hpp"

#include <cstring>

#include "mpy/micropython.hpp"
#include "mpy/thread_state.h"
#include "thread/scheduler.hpp"

namespace heddle::mpy {
namespace {

struct Service {
    void (*body)();
    std::size_t stack_bytes;
};

void run(void* argument) {
    const auto& service = *static_cast<Service*>(argument);
    heddle_thread_state_t own;
    std::memset(&own, 0, sizeof own);
    mp_thread_init_state(&own.state, service.stack_bytes, nullptr, nullptr);
    own.state.stack_top = thread::stack_top();
    service.body();
}

}  // namespace

bool start_service_thread(void (*body)(), std::size_t stack_bytes) noexcept {
    thread::Fiber* fiber = thread::create(run, nullptr, stack_bytes, sizeof(Service), thread::Role::service);
    if (fiber == nullptr) {
        return false;
    }
    *static_cast<Service*>(fiber->argument) = {body, stack_bytes};
    thread::start(*fiber);
    return true;
}

}  // namespace heddle::mpy
