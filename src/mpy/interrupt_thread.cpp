// The thread that calls handlers on boards which queue them.
#include <utility>

#include "base/state.h"
#include "heddle_platform.hpp"
#include "mpy/events.hpp"
#include "mpy/failure.h"
#include "mpy/handlers.hpp"
#include "mpy/service_thread.hpp"

// A ring of facts().interrupt_queue handlers whose calls wait. On the heap, since it keeps them alive.
MP_REGISTER_ROOT_POINTER(void** heddle_posted);

namespace heddle::mpy {
namespace {

// The board's 8 KiB, in frames of this machine's words.
constexpr std::size_t kStackBytes = std::size_t{8} * 1024 * (sizeof(void*) / 4);

struct InterruptThread {
    bool lives = false;
    std::uintptr_t thread = 0;              // who it is
    devices::Line line = devices::kNoLine;  // whose call it makes
    std::size_t oldest = 0;                 // where in the ring
    std::size_t waiting = 0;                // calls in it
    Platform::Parker* parker = nullptr;     // while it waits for one
};

HEDDLE_STATE InterruptThread own;

std::size_t places() noexcept { return devices::facts().interrupt_queue; }

void*& place(std::size_t index) noexcept { return MP_STATE_VM(heddle_posted)[index % places()]; }

Handler& take_oldest() noexcept {
    auto* handler = static_cast<Handler*>(place(own.oldest));
    place(own.oldest) = nullptr;
    own.oldest = (own.oldest + 1) % places();
    --own.waiting;
    return *handler;
}

void wait_for_call() noexcept {
    while (own.waiting == 0) {
        Platform::Parker parker;
        own.parker = &parker;
        Platform::park(parker, port::kForever);
        own.parker = nullptr;
    }
}

bool is_system_exit(void* exception) noexcept {
    const auto* type = static_cast<mp_obj_base_t*>(exception)->type;
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_SystemExit));
}

void print_failure(void* exception) noexcept {
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        mp_printf(MICROPY_ERROR_PRINTER, "Unhandled exception in callback handler\n");
        mp_obj_print_exception(MICROPY_ERROR_PRINTER, MP_OBJ_FROM_PTR(exception));
        nlr_pop();
    }
    mp_printf(MICROPY_ERROR_PRINTER,
              "heddle: the interrupt thread has ended; no callback runs any more, as on the board\n");
}

void die(void* exception) noexcept {
    own.lives = false;
    while (own.waiting > 0) {
        devices::note_dropped(take_oldest().line);
    }
    print_failure(exception);
    heddle_note_uncaught(MP_OBJ_FROM_PTR(exception));
}

void call_handler(Handler& handler) noexcept {
    own.line = handler.line;
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        if (handler.function != mp_const_none) {
            call(handler.function, handler.argument);
        }
        if (handler.kind->called != nullptr) {
            handler.kind->called(handler);
        }
        nlr_pop();
    } else if (!is_system_exit(jump.ret_val)) {
        die(jump.ret_val);
    }
    own.line = devices::kNoLine;
}

void run() {
    own.thread = Platform::thread();
    while (own.lives) {
        wait_for_call();
        call_handler(take_oldest());
        handle_events();  // what it has scheduled does not wait for another thread to pass by
    }
    for (;;) {
        Platform::Parker parker;
        Platform::park(parker, port::kForever);
    }
}

}  // namespace

void start_interrupt_thread() {
    MP_STATE_VM(heddle_posted) = m_new0(void*, places());
    own.lives = start_service_thread(run, kStackBytes);
    if (!own.lives) {
        mp_raise_msg(&mp_type_MemoryError, MP_ERROR_TEXT("no room for the interrupt thread"));
    }
}

bool post(Handler& handler) noexcept {
    if (!own.lives || own.waiting == places()) {
        return false;
    }
    place(own.oldest + own.waiting++) = &handler;
    if (Platform::Parker* parker = std::exchange(own.parker, nullptr); parker != nullptr) {
        Platform::unpark(*parker);
    }
    return true;
}

devices::Line posted_line() noexcept {
    return own.thread != 0 && Platform::thread() == own.thread ? own.line : devices::kNoLine;
}

}  // namespace heddle::mpy
