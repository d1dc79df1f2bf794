// Threads of Python on those of a MicroPython port.
#include <cstring>

#include "mpy/micropython.hpp"

#if MICROPY_PY_THREAD

#include "heddle_platform.hpp"
#include "mpy/failure.h"
#include "mpy/threads.hpp"

namespace heddle::mpy::threads {
namespace {

#if !defined(MICROPY_STACK_CHECK_MARGIN)
#define MICROPY_STACK_CHECK_MARGIN (0)  // before 1.25
#endif

constexpr bool kIsDesktop = sizeof(void*) == 8;

// Below what a thread may use: for C functions that do not look at the limit, and for the port's own margin.
// With the unix port's 8 KiB, a thread that comes to its limit is killed in about a third of runs.
constexpr std::size_t kMarginBytes = kIsDesktop ? std::size_t{128} * 1024 : 2048;

// What the program gets that asks for none. 0: as the port likes.
constexpr std::size_t kDefaultBytes = kIsDesktop ? std::size_t{64} * 1024 : 0;

char started;  // its address says so

/// The starter writes `handle` last. It has the interpreter lock; without one, the thread may be faster.
void wait_for_starter(void* const& handle) noexcept {
    while (__atomic_load_n(&handle, __ATOMIC_ACQUIRE) != &started) {
        Platform::relax();
    }
}

void* run(void* argument) {
    auto& start = *static_cast<Start*>(argument);
    mp_state_thread_t own;
    // mp_thread_init_state() leaves some fields as they are.
    std::memset(&own, 0, sizeof own);
    mp_thread_init_state(&own, kMarginBytes, nullptr, nullptr);
#if MICROPY_ENABLE_PYSTACK
    mp_obj_t python_stack[128];
    mp_pystack_init(python_stack, &python_stack[128]);
#endif
    MP_THREAD_GIL_ENTER();
    mp_thread_start();
    wait_for_starter(start.handle);
    mp_thread_init_state(&own, start.stack_bytes, nullptr, nullptr);
    start.body(start);
    mp_thread_finish();
    MP_THREAD_GIL_EXIT();
    return nullptr;
}

/// The text of an exception that the port raised with one; null for others.
const char* text_of(void* exception) {
    mp_obj_t value = mp_obj_exception_get_value(MP_OBJ_FROM_PTR(exception));
    return mp_obj_is_str(value) ? mp_obj_str_get_str(value) : nullptr;
}

bool is_os_error(void* exception) {
    const auto* type = static_cast<mp_obj_base_t*>(exception)->type;
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_OSError));
}

}  // namespace

Start* create(std::size_t bytes, std::size_t stack_bytes) {
    auto* start = static_cast<Start*>(m_malloc0(bytes));
    start->stack_bytes = stack_bytes == 0 ? kDefaultBytes : stack_bytes;
    return start;
}

std::uintptr_t start(Start& start, const char*& why) {
    const std::size_t usable = start.stack_bytes + MICROPY_STACK_CHECK_MARGIN;
    const bool port_decides = start.stack_bytes == 0;
    std::size_t port_bytes = port_decides ? 0 : usable + kMarginBytes;
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        const std::uintptr_t id = mp_thread_create(run, &start, &port_bytes);
        nlr_pop();
        start.stack_bytes = port_decides ? port_bytes : usable;
        __atomic_store_n(&start.handle, &started, __ATOMIC_RELEASE);
        return id;
    }
    if (!is_os_error(jump.ret_val)) {
        nlr_jump(jump.ret_val);
    }
    why = text_of(jump.ret_val);
    return 0;
}

std::uintptr_t current_id() noexcept { return mp_thread_get_id(); }

}  // namespace heddle::mpy::threads

// Nobody counts them here.
extern "C" void heddle_note_uncaught(mp_obj_t) {}

#endif  // MICROPY_PY_THREAD
