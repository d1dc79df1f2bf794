// Python's threads on the image's kernel: their stacks and state, the interpreter lock, the collector's view
// of them.
#include <cstring>
#include <new>

#include "heddle_platform.hpp"
#include "mpy/failure.h"
#include "mpy/micropython.hpp"
#include "mpy/threads.hpp"

extern "C" {
#include "py/cstack.h"

void __real_gc_helper_collect_regs_and_stack(void);
void __real_gc_sweep_all(void);
mp_obj_t __real_mp_call_function_1_protected(mp_obj_t function, mp_obj_t argument);

// What firmware/devices/ defines in images that have them.
__attribute__((weak)) void heddle_devices_stop(void);
__attribute__((weak)) mp_obj_t heddle_call_scheduled(mp_obj_t function, mp_obj_t argument);
__attribute__((weak)) void heddle_note_deferred(void);
}

namespace heddle {
namespace image {
namespace {

constexpr std::size_t kDefaultStackBytes = 4096;

// At the end of a stack, for C functions that do not look at the limit: they were measured to take 1,088
// bytes at the peak, of which a part is spent when the limit is looked at; and for what the core and a switch
// leave there.
constexpr std::size_t kMarginBytes = 1280;

using mpy::threads::Start;

/// The highest part of a thread's block of heap; what it is called with follows, and the stack is below.
struct PythonThread : kernel::Thread {
    void* block;
    mp_obj_exception_t emergency;
};

constinit mp_obj_exception_t emergency_of_main = {};

/// Where a thread that does not run Python keeps the exception that there is no memory for: MicroPython has
/// one for all.
mp_obj_exception_t& emergency_of(kernel::Thread& thread) noexcept {
    return &thread == &kernel.main() ? emergency_of_main : static_cast<PythonThread&>(thread).emergency;
}

struct NewThread {
    PythonThread thread;
    alignas(8) Start start;
};

/// A thread's beginning and end.
void run_thread() noexcept {
    kernel::Thread& self = kernel.running();
    auto& start = *static_cast<Start*>(self.argument);
    mp_state_thread_t state;
    // mp_thread_init_state() leaves some fields as they are.
    std::memset(&state, 0, sizeof state);
    mp_thread_init_state(&state, start.stack_bytes - kMarginBytes, nullptr, nullptr);
    state.stack_top = reinterpret_cast<char*>(&static_cast<PythonThread&>(self));
    MP_THREAD_GIL_ENTER();
    start.body(start);
    MP_THREAD_GIL_EXIT();
    kernel.end();
}

// ---- the interpreter lock

static_assert(sizeof(Lock) == sizeof(mp_thread_mutex_t));

constinit kernel::Thread* interpreter_owner = nullptr;

Lock& lock_in(mp_thread_mutex_t* mutex) noexcept { return *reinterpret_cast<Lock*>(mutex); }

bool is_collecting() noexcept { return (MP_STATE_THREAD(gc_lock_depth) & GC_COLLECT_FLAG) != 0; }

bool has_event() noexcept {
    return HEDDLE_HAS_CALLBACKS() || MP_STATE_THREAD(mp_pending_exception) != MP_OBJ_NULL;
}

}  // namespace
}  // namespace image

port::Wake Platform::park(Parker& parker, port::Instant deadline) noexcept {
    MP_THREAD_GIL_EXIT();
    const port::Wake wake = image::kernel.park(parker, deadline, image::has_event);
    MP_THREAD_GIL_ENTER();
    return wake;
}

bool Platform::is_only_thread() noexcept {
    int threads = 0;
    image::kernel.for_each([&threads](kernel::Thread&) { ++threads; });
    return threads == 1;
}

const char* Platform::reason_not_to_switch() noexcept {
    if (image::is_collecting()) {
        return "can't wait for a lock in a finaliser";
    }
    if (image::kernel.running().holds != 0) {
        return "can't wait for a lock while a container compares its items";
    }
    if (Core::is_masked()) {
        return "can't wait for a lock while interrupts are disabled";
    }
    return nullptr;
}

void Platform::note_deferred() noexcept {
    if (heddle_note_deferred != nullptr) {
        heddle_note_deferred();
    }
}

namespace mpy::threads {

Start* create(std::size_t bytes, std::size_t stack_bytes) {
    using namespace image;
    const std::size_t stack = (stack_bytes == 0 ? kDefaultStackBytes : stack_bytes + 7) & ~std::size_t{7};
    const std::size_t above = sizeof(NewThread) - sizeof(Start) + bytes;
    if (stack > SIZE_MAX / 2) {
        return nullptr;
    }
    auto* block = static_cast<unsigned char*>(m_malloc_maybe(stack + above));
    if (block == nullptr) {
        return nullptr;
    }
    std::memset(block + stack, 0, above);
    auto* thread = new (block + stack) PythonThread;
    thread->block = block;
    auto& start = reinterpret_cast<NewThread*>(thread)->start;
    start.stack_bytes = stack;
    start.handle = thread;
    thread->argument = &start;
    return &start;
}

std::uintptr_t start(Start& start, const char*&) {
    auto& thread = *static_cast<image::PythonThread*>(start.handle);
    image::kernel.add(thread, thread.block, &thread, image::run_thread);
    return image::id_of(thread);
}

std::uintptr_t current_id() noexcept { return image::id_of(image::kernel.running()); }

}  // namespace mpy::threads
}  // namespace heddle

extern "C" {

void mp_thread_mutex_init(mp_thread_mutex_t* mutex) {
    new (mutex) heddle::image::Lock;
    heddle::image::interpreter_owner = nullptr;
}

// Where no other thread may run, the caller keeps it.
void mp_thread_mutex_unlock(mp_thread_mutex_t* mutex) {
    if (heddle::Platform::in_interrupt() || heddle::Platform::reason_not_to_switch() != nullptr) {
        return;
    }
    using namespace heddle::image;
    emergency_of(kernel.running()) = MP_STATE_VM(mp_emergency_exception_obj);
    interpreter_owner = nullptr;
    lock_in(mutex).try_unlock();
}

int mp_thread_mutex_lock(mp_thread_mutex_t* mutex, int) {
    using namespace heddle::image;
    if (interpreter_owner == &kernel.running()) {
        return 1;
    }
    lock_in(mutex).lock();
    interpreter_owner = &kernel.running();
    MP_STATE_VM(mp_emergency_exception_obj) = emergency_of(kernel.running());
    return 1;
}

// The collector knows the caller's stack. A thread's block holds all of its own; main's is outside the heap.
void __wrap_gc_helper_collect_regs_and_stack(void) {
    using namespace heddle::image;
    __real_gc_helper_collect_regs_and_stack();
    gc_collect_root(reinterpret_cast<void**>(&emergency_of_main), sizeof emergency_of_main / sizeof(void*));
    kernel.forget_ended();
    kernel.for_each([](heddle::kernel::Thread& thread) {
        if (&thread != &kernel.main()) {
            gc_collect_root(&static_cast<PythonThread&>(thread).block, 1);
        } else if (&thread != &kernel.running()) {
            auto** low = static_cast<void**>(thread.stack_pointer);
            auto** high = reinterpret_cast<void**>(mp_state_ctx.thread.stack_top);
            gc_collect_root(low, static_cast<std::size_t>(high - low));
        }
    });
}

// A soft reset: the heap goes, and with it the threads whose stacks it holds. They may stand in the
// interpreter lock's queue, so main takes it anew.
void __wrap_gc_sweep_all(void) {
    if (heddle_devices_stop != nullptr) {
        heddle_devices_stop();
    }
    heddle::image::kernel.end_others();
    mp_thread_mutex_init(&MP_STATE_VM(gil_mutex));
    MP_THREAD_GIL_ENTER();
    __real_gc_sweep_all();
}

mp_obj_t __wrap_mp_call_function_1_protected(mp_obj_t function, mp_obj_t argument) {
    auto& callbacks = heddle::image::kernel.running().callbacks;
    ++callbacks;
    const mp_obj_t result = heddle_call_scheduled != nullptr
                                ? heddle_call_scheduled(function, argument)
                                : __real_mp_call_function_1_protected(function, argument);
    --callbacks;
    return result;
}

mp_uint_t mp_thread_get_id(void) { return heddle::image::id_of(heddle::image::kernel.running()); }

void heddle_note_uncaught(mp_obj_t) {}

}  // extern "C"
