// The fiber port's other half: parking is a switch.
#include <utility>

#include "port/fiber/fiber_port.hpp"
#include "thread/scheduler.hpp"
#include "thread/state.hpp"

namespace heddle::port {

using thread::Fiber;
using thread::FiberState;

FiberParker::FiberParker() noexcept : fiber(thread::g.current) {}

Wake park_fiber(FiberParker& parker, Instant deadline) noexcept {
    Fiber& self = *thread::g.current;
    if (parker.unparked) {
        return Wake::unparked;
    }
    if (deadline != kForever && deadline <= thread::now()) {
        return Wake::timed_out;
    }
    if (std::exchange(self.event, false)) {
        return Wake::interrupted;
    }
    if (deadline != kForever) {
        self.deadline = deadline;
        if (!thread::g.control.on) {
            thread::g.sleeping.insert(&self);
        }
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

Instant fiber_now() noexcept { return thread::now(); }

bool in_interrupt_handler() noexcept { return thread::in_interrupt(); }

}  // namespace heddle::port

namespace heddle::thread {

port::Wake sleep_until(port::Instant deadline) noexcept {
    port::FiberParker parker;
    return port::park_fiber(parker, deadline);
}

}  // namespace heddle::thread
