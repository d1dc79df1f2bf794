#include "mpy/handlers.hpp"

#include <array>
#include <utility>

#include "base/state.h"
#include "heddle_platform.hpp"
#include "mpy/failure.h"
#include "mpy/holder.hpp"

// Handlers by line.
MP_REGISTER_ROOT_POINTER(void** heddle_handlers);
MP_REGISTER_ROOT_POINTER(size_t heddle_handler_count);

namespace heddle::mpy {
namespace {

constexpr std::size_t kPlaces = MICROPY_SCHEDULER_DEPTH;

// By place of the scheduler's queue: whose handler waits there, plus 1; 0: a call of the program's own.
HEDDLE_STATE std::array<std::uint16_t, kPlaces> queued{};

HEDDLE_STATE devices::Line scheduled = devices::kNoLine;  // whose handler the queue calls now

std::size_t handlers() noexcept { return MP_STATE_VM(heddle_handler_count); }

Handler*& entry(std::size_t line) noexcept {
    return *reinterpret_cast<Handler**>(&MP_STATE_VM(heddle_handlers)[line]);
}

bool is_ctrl_c(const void* exception) noexcept { return exception == &MP_STATE_VM(mp_kbd_exception); }

#if MICROPY_PY_SYS_SETTRACE
mp_code_state_t* running_frame() noexcept { return MP_STATE_THREAD(current_code_state); }
void set_running_frame(mp_code_state_t* frame) noexcept { MP_STATE_THREAD(current_code_state) = frame; }
#else  // nobody knows it
mp_code_state_t* running_frame() noexcept { return nullptr; }
void set_running_frame(mp_code_state_t*) noexcept {}
#endif

/// Returns what `body` raises; null if it returns. What it calls is no call of the frame that is interrupted.
template <class Body>
void* exception_of(Body&& body) noexcept {
    mp_code_state_t* interrupted = running_frame();
    set_running_frame(nullptr);
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        body();
        nlr_pop();
        jump.ret_val = nullptr;
    }
    set_running_frame(interrupted);
    return jump.ret_val;
}

/// The exception's own __repr__ may raise too: then that is the end of the print.
void print_exception(const mp_print_t* print, void* exception) noexcept {
    void* raised = exception_of([=] { mp_obj_print_exception(print, MP_OBJ_FROM_PTR(exception)); });
    if (raised == nullptr) {
        return;
    }
    mp_print_str(print, "\n");
    if (is_ctrl_c(raised)) {
        mp_sched_keyboard_interrupt();
    }
}

void fail(Handler& handler, void* exception) noexcept {
    if (is_ctrl_c(exception)) {
        mp_sched_keyboard_interrupt();  // for the main thread
        return;
    }
    handler.function = mp_const_none;
    handler.kind->print_failure(handler, MICROPY_ERROR_PRINTER);
    mp_printf(MICROPY_ERROR_PRINTER, "\n");
    print_exception(MICROPY_ERROR_PRINTER, exception);
    heddle_explain_failure(MP_OBJ_FROM_PTR(exception));
    handler.kind->failed(handler);
    heddle_note_uncaught(MP_OBJ_FROM_PTR(exception));
}

void call_hard(Handler& handler) noexcept {
    mp_sched_lock();
    gc_lock();
    const std::size_t own_stack = Platform::in_interrupt() ? devices::facts().hard_stack_bytes : 0;
    MP_STATE_THREAD(stack_limit) += own_stack;
    void* exception = exception_of([&] { call(handler.function, handler.argument); });
    if (exception != nullptr) {
        fail(handler, exception);
    }
    MP_STATE_THREAD(stack_limit) -= own_stack;
    gc_unlock();
    mp_sched_unlock();
}

/// micropython.schedule's queue calls functions with one argument.
bool schedule(Handler& handler) noexcept {
    const std::size_t place = (MP_STATE_VM(sched_idx) + MP_STATE_VM(sched_len)) % kPlaces;
    if (!mp_sched_schedule(handler.function,
                           handler.argument == MP_OBJ_NULL ? mp_const_none : handler.argument)) {
        return false;
    }
    queued[place] = handler.line + 1;
    return true;
}

/// Where the platform does not tell threads apart, whoever runs is in the callback that runs.
template <class P>
devices::Line line_of_handler() noexcept {
    if (P::in_interrupt()) {
        return devices::active_line();
    }
    if constexpr (TellsThreads<P>) {
        return P::in_callback() ? scheduled : posted_line();
    } else {
        return scheduled;
    }
}

}  // namespace

void make_handler_table() {
    const std::size_t lines = devices::lines();
    MP_STATE_VM(heddle_handlers) = m_new0(void*, lines);
    MP_STATE_VM(heddle_handler_count) = lines;
}

Handler& make_handler(const HandlerKind& kind, mp_obj_t device) {
    auto* handler = m_new_obj(Handler);
    *handler = {.kind = &kind,
                .line = devices::kNoLine,
                .context = devices::Context::scheduled,
                .device = device,
                .function = mp_const_none,
                .argument = MP_OBJ_NULL};
    return *handler;
}

void attach(devices::Line line, Handler& handler) noexcept {
    if constexpr (TellsThreads<Platform>) {
        heddle_notes_places = true;
    }
    handler.line = line;
    entry(line) = &handler;
}

Handler& attach(devices::Line line, const HandlerKind& kind, devices::Context context, mp_obj_t device) {
    if (entry(line) == nullptr) {
        attach(line, make_handler(kind, device));
    }
    Handler& handler = *entry(line);
    handler.kind = &kind;
    handler.context = context;
    handler.device = device;
    return handler;
}

void detach(devices::Line line) noexcept {
    if (line < handlers()) {
        entry(line) = nullptr;
    }
}

Handler* handler_of(devices::Line line) noexcept { return line < handlers() ? entry(line) : nullptr; }

void serve(devices::Line line) noexcept {
    Handler* handler = handler_of(line);
    if (handler == nullptr) {
        return;
    }
    if (handler->kind->fired != nullptr) {
        handler->kind->fired(*handler);
    }
    if (handler->function == mp_const_none) {
        return;
    }
    if (handler->context == devices::Context::hard) {
        call_hard(*handler);
    } else if (!(handler->context == devices::Context::thread ? post(*handler) : schedule(*handler))) {
        devices::note_dropped(line);
    }
}

void note_deferred() noexcept {
    if (const devices::Line line = line_of_handler<Platform>(); line != devices::kNoLine) {
        devices::note_deferred(line);
    }
}

void call_scheduled(mp_obj_t function, mp_obj_t argument) noexcept {
    const std::size_t place = (MP_STATE_VM(sched_idx) + kPlaces - 1) % kPlaces;
    // kNoLine plus 1 is 0.
    scheduled = static_cast<devices::Line>(std::exchange(queued[place], 0) - 1);
    void* exception = exception_of([=] { mp_call_function_1(function, argument); });
    scheduled = devices::kNoLine;
    if (exception != nullptr && is_ctrl_c(exception)) {
        mp_sched_keyboard_interrupt();
    } else if (exception != nullptr) {
        print_exception(&mp_plat_print, exception);
        heddle_note_uncaught(MP_OBJ_FROM_PTR(exception));
    }
}

}  // namespace heddle::mpy
