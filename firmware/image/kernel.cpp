// What runs below MicroPython: the kernel's instance, what its core calls, and its start.
#include "kernel.hpp"

#include "mpy/micropython.hpp"

extern "C" {

// Before the first switch it is main's, which MicroPython uses before it has been initialised.
constinit void* heddle_thread_local = &mp_state_ctx.thread;

}  // extern "C"

namespace heddle::image {

constinit kernel::Kernel<Core> kernel;

namespace {

constinit bool started = false;

alignas(16) constinit unsigned char idle_stack[256] = {};

}  // namespace

port::Wake KernelPort::park(Parker& parker, port::Instant deadline) noexcept {
    return kernel.park(parker, deadline, nullptr);
}

void KernelPort::unpark(Parker& parker) noexcept { kernel.unpark(parker); }

}  // namespace heddle::image

template class heddle::sync::RawLock<heddle::image::KernelPort>;

using heddle::Core;
using heddle::image::kernel;

extern "C" {

// MicroPython calls it at each of its starts, so after a soft reset too.
void heddle_start(void) {
    using namespace heddle::image;
    if (started) {
        return;
    }
    started = true;
    kernel.start(idle_stack + sizeof idle_stack);
    heddle::start_core();
}

void* heddle_switch_from(void* stack_pointer) { return kernel.switch_from(stack_pointer); }

void heddle_note_event(void) { kernel.note_event(); }

}  // extern "C"
