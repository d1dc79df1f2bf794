#include "mpy/handlers.hpp"

#include <utility>

#include "heddle_platform.hpp"
#include "mpy/failure.h"

// Handlers by line.
MP_REGISTER_ROOT_POINTER(void** heddle_handlers);
MP_REGISTER_ROOT_POINTER(size_t heddle_handler_count);

namespace heddle::mpy {
namespace {

mp_obj_t scheduled = MP_OBJ_NULL;

std::size_t handlers() noexcept { return MP_STATE_VM(heddle_handler_count); }

Handler*& entry(std::size_t line) noexcept {
    return *reinterpret_cast<Handler**>(&MP_STATE_VM(heddle_handlers)[line]);
}

bool is_ctrl_c(const void* exception) noexcept { return exception == &MP_STATE_VM(mp_kbd_exception); }

void fail(Handler& handler, void* exception) noexcept {
    if (is_ctrl_c(exception)) {
        mp_sched_keyboard_interrupt();  // for the main thread, which this handler has interrupted
        return;
    }
    handler.function = mp_const_none;
    handler.kind->print_failure(handler, MICROPY_ERROR_PRINTER);
    mp_printf(MICROPY_ERROR_PRINTER, "\n");
    mp_obj_print_exception(MICROPY_ERROR_PRINTER, MP_OBJ_FROM_PTR(exception));
    heddle_explain_failure(MP_OBJ_FROM_PTR(exception));
    handler.kind->failed(handler);
    heddle_note_uncaught(MP_OBJ_FROM_PTR(exception));
}

void call_hard(Handler& handler) noexcept {
    auto* interrupted = MP_STATE_THREAD(current_code_state);
    mp_sched_lock();
    gc_lock();
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        call(handler.function, handler.argument);
        nlr_pop();
    } else {
        MP_STATE_THREAD(current_code_state) = interrupted;
        fail(handler, jump.ret_val);
    }
    gc_unlock();
    mp_sched_unlock();
}

/// micropython.schedule's queue calls functions with one argument.
bool schedule(Handler& handler) noexcept {
    return mp_sched_schedule(handler.function,
                             handler.argument == MP_OBJ_NULL ? mp_const_none : handler.argument);
}

devices::Line line_of_scheduled() noexcept {
    for (std::size_t line = 0; scheduled != MP_OBJ_NULL && line < handlers(); ++line) {
        const Handler* handler = entry(line);
        if (handler != nullptr && handler->context == devices::Context::scheduled &&
            handler->function == scheduled) {
            return static_cast<devices::Line>(line);
        }
    }
    return devices::kNoLine;
}

devices::Line line_of_handler() noexcept {
    if (Platform::in_interrupt()) {
        return devices::active_line();
    }
    return Platform::in_callback() ? line_of_scheduled() : posted_line();
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
    if (const devices::Line line = line_of_handler(); line != devices::kNoLine) {
        devices::note_deferred(line);
    }
}

mp_obj_t exchange_scheduled(mp_obj_t function) noexcept { return std::exchange(scheduled, function); }

}  // namespace heddle::mpy
