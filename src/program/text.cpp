#include "program/text.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "bytecode/upstream_layouts.hpp"
#include "mpy/handlers.hpp"
#include "program/callbacks.hpp"
#include "thread/control.hpp"

extern "C" {
#include "mpy/thread_module.h"

#include "py/objfun.h"
#include "py/objstr.h"
#include "py/objtype.h"
}

namespace heddle::program {
namespace {

constexpr std::size_t kMostTold = 3;

void append(void* to, const char* text, std::size_t length) {
    static_cast<std::string*>(to)->append(text, length);
}

/// MicroPython's printing looks at the stack of a thread, and may raise: here both are the search's own.
template <class Print>
std::string printed(Print&& print) {
    std::string text;
    const mp_print_t to{&text, append};
    void* const thread = std::exchange(heddle_thread_local, static_cast<void*>(&mp_state_ctx.thread));
    char* const stack_top =
        std::exchange(mp_state_ctx.thread.stack_top, static_cast<char*>(__builtin_frame_address(0)) + 256);
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        print(&to);
        nlr_pop();
    }
    mp_state_ctx.thread.stack_top = stack_top;
    heddle_thread_local = thread;
    return text;
}

qstr name_of(mp_obj_t object) noexcept {
    const mp_obj_t function = bytecode::inner_function(object);
    return function != MP_OBJ_NULL && mp_obj_is_type(function, &mp_type_fun_bc)
               ? mp_obj_fun_get_name(function)
               : qstr{MP_QSTRnull};
}

std::string in_brackets(qstr name) {
    return name == MP_QSTRnull ? "" : std::string(" (") + qstr_str(name) + ")";
}

const char* verb_of(Mode mode) {
    switch (mode) {
        case Mode::read:
            return "reads ";
        case Mode::update:
        case Mode::write:
            return "writes ";
        case Mode::acquire:
        case Mode::acquire_for:
            return "takes ";
        case Mode::try_acquire:
            return "tries to take ";
        case Mode::release:
            return "releases ";
        case Mode::look:
            return "looks at ";
        case Mode::start:
            break;
    }
    return "starts a thread";
}

/// Places that only say how a container is looked at.
bool is_summary(const Access& access) {
    return access.kind == PlaceKind::content || access.kind == PlaceKind::shape ||
           access.kind == PlaceKind::heap;
}

/// Without MicroPython's own printing, which looks at the stack of the thread: this one is the search's.
std::string text_of(mp_obj_t value) {
    if (mp_obj_is_small_int(value)) {
        return std::to_string(MP_OBJ_SMALL_INT_VALUE(value));
    }
    if (value == mp_const_none) {
        return "None";
    }
    if (mp_obj_is_bool(value)) {
        return value == mp_const_true ? "True" : "False";
    }
    if (mp_obj_is_float(value)) {
        char text[32];
        std::snprintf(text, sizeof text, "%g", mp_obj_get_float(value));
        return text;
    }
    if (mp_obj_is_str(value)) {
        GET_STR_DATA_LEN(value, data, length);
        return "'" + std::string(reinterpret_cast<const char*>(data), std::min<std::size_t>(length, 20)) +
               (length > 20 ? "...'" : "'");
    }
    return "";
}

mp_obj_t look_up(const mp_map_t& map, mp_obj_t key) {
    const mp_map_elem_t* found = mp_map_lookup(const_cast<mp_map_t*>(&map), key, MP_MAP_LOOKUP);
    return found == nullptr ? MP_OBJ_NULL : found->value;
}

mp_obj_t content_of(const Access& access) {
    if (access.kind == PlaceKind::global) {
        return look_up(static_cast<const mp_obj_dict_t*>(access.object)->map, access.key);
    }
    if (access.kind == PlaceKind::attribute &&
        mp_obj_is_instance_type(static_cast<const mp_obj_base_t*>(access.object)->type)) {
        return look_up(static_cast<const mp_obj_instance_t*>(access.object)->members, access.key);
    }
    return access.kind == PlaceKind::cell ? mp_obj_cell_get(MP_OBJ_FROM_PTR(access.object)) : MP_OBJ_NULL;
}

}  // namespace

qstr function_of(const thread::Fiber& fiber) noexcept {
    return name_of(heddle_thread_function(fiber.argument));
}

std::string name_of_thread(thread::ThreadId id, unsigned number, qstr function) {
    if (id == 1) {
        return "main";
    }
    const thread::Fiber* fiber = thread::find_fiber(id);
    if (fiber != nullptr && fiber->role == thread::Role::service) {
        return "interrupt thread";
    }
    return "thread " + std::to_string(number) +
           in_brackets(fiber == nullptr ? function : function_of(*fiber));
}

std::string name_of_callback() { return "callback" + in_brackets(name_of(callback_function())); }

std::string name_of_line(board::SourceId line) {
    const mpy::Handler* handler = mpy::handler_of(line);
    const std::string function = handler == nullptr ? "" : in_brackets(name_of(handler->function));
    for (std::size_t pin = 0; pin < devices::pins(); ++pin) {
        if (devices::line_of_pin(static_cast<devices::PinId>(pin)) == line) {
            return std::string("pin ") + devices::pin_name(static_cast<devices::PinId>(pin)) + function;
        }
    }
    return "timer" + function;
}

std::string name_of_place(const Access& access) {
    return printed([&access](const mp_print_t* print) { print_place(access, print); });
}

std::string value_of(const Access& access) {
    const mp_obj_t value = content_of(access);
    const std::string text = value == MP_OBJ_NULL ? "" : text_of(value);
    return text.empty() ? "" : " = " + text;
}

std::string words_of(const Access* accesses, std::size_t count) {
    std::string words;
    std::size_t told = 0;
    for (std::size_t i = 0; i < count && told < kMostTold; ++i) {
        const Access& access = accesses[i];
        if (is_summary(access)) {
            continue;
        }
        words += (told++ == 0 ? "" : ", ") + std::string(verb_of(access.mode));
        if (access.mode != Mode::start) {
            words += name_of_place(access);
            words += access.mode == Mode::read ? value_of(access) : "";
        }
    }
    return words;
}

}  // namespace heddle::program
