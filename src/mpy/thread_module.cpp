// The module `_thread`: threads. Its locks are in lock.cpp. docs/reference/_thread.md is its contract.
#include <cstring>

#include "base/state.h"
#include "mpy/events.hpp"
#include "mpy/failure.h"
#include "mpy/micropython.hpp"
#include "mpy/thread_module.h"
#include "mpy/threads.hpp"

#if MICROPY_PY_THREAD

namespace {

namespace threads = heddle::mpy::threads;

// The board's: heddle_thread_set_board().
std::size_t least_stack_bytes = 4096;
std::size_t default_stack_bytes = 0;
const char* start_error = "can't start new thread";

// Sizes are given as for a board of 32 bits; frames of this machine's words need as many words, not bytes.
constexpr std::size_t kStackScale = sizeof(void*) / 4;

HEDDLE_STATE std::size_t stack_size_setting = 0;

/// What a new thread is called with.
struct Call : threads::Start {
    mp_obj_dict_t* locals;
    mp_obj_dict_t* globals;
    mp_obj_t function;
    std::size_t n_positional;
    std::size_t n_keyword;
    mp_obj_t arguments[];
};

/// More than there is, where it does not fit: then no thread can be started.
std::size_t stack_bytes_of(std::size_t setting) {
    const std::size_t size = setting == 0 ? default_stack_bytes : setting;
    return size > SIZE_MAX / 2 / kStackScale ? SIZE_MAX / 2 : size * kStackScale;
}

bool is_system_exit(void* exception) {
    const auto* type = static_cast<mp_obj_base_t*>(exception)->type;
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_SystemExit));
}

/// Runs `body`; hands what it raises to `rescue`, and gives up when that raises too.
template <class Body, class Rescue>
void guarded(Body&& body, Rescue&& rescue) {
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        body();
        nlr_pop();
        return;
    }
    void* exception = jump.ret_val;
    if (nlr_push(&jump) == 0) {
        rescue(exception);
        nlr_pop();
    }
}

void print_failure(const mp_print_t* print, mp_obj_t function, void* exception) {
    mp_printf(print, "Unhandled exception in thread started by ");
    mp_obj_print_helper(print, function, PRINT_REPR);
    mp_printf(print, "\n");
    mp_obj_print_exception(print, MP_OBJ_FROM_PTR(exception));
}

/// In one piece, so that threads which fail together can be told apart; in pieces where memory is short.
void print_unhandled(mp_obj_t function, void* exception) {
    guarded(
        [=] {
            vstr_t text;
            mp_print_t print;
            vstr_init_print(&text, 256, &print);
            print_failure(&print, function, exception);
            MICROPY_ERROR_PRINTER->print_strn(MICROPY_ERROR_PRINTER->data, text.buf, text.len);
            vstr_clear(&text);
        },
        [=](void*) { print_failure(MICROPY_ERROR_PRINTER, function, exception); });
}

void run_call(threads::Start& start) {
    auto* call = static_cast<Call*>(&start);
    mp_locals_set(call->locals);
    mp_globals_set(call->globals);
    guarded(
        [call] {
            mp_call_function_n_kw(call->function, call->n_positional, call->n_keyword, call->arguments);
        },
        [call](void* exception) {
            if (!is_system_exit(exception)) {
                print_unhandled(call->function, exception);
                heddle_note_uncaught(MP_OBJ_FROM_PTR(exception));
            }
        });
    // A callback that this thread has scheduled does not wait for another one to pass by.
    heddle::mpy::handle_events();
}

void check_call(std::size_t n_args, const mp_obj_t* args) {
    if (!mp_obj_is_callable(args[0])) {
        mp_raise_TypeError(MP_ERROR_TEXT("first arg must be callable"));
    }
    if (!mp_obj_is_type(args[1], &mp_type_tuple)) {
        mp_raise_TypeError(MP_ERROR_TEXT("second arg must be a tuple"));
    }
    if (n_args < 3) {
        return;
    }
    if (!mp_obj_is_type(args[2], &mp_type_dict)) {
        mp_raise_TypeError(MP_ERROR_TEXT("keyword args must be a dict"));
    }
    const mp_map_t* map = mp_obj_dict_get_map(args[2]);
    for (std::size_t slot = 0; slot < map->alloc; ++slot) {
        if (!mp_map_slot_is_filled(map, slot)) {
            continue;
        }
        if (!mp_obj_is_str(map->table[slot].key)) {
            mp_raise_TypeError(MP_ERROR_TEXT("keywords must be strings"));
        }
        // Interned now, where it may fail.
        mp_obj_str_get_qstr(map->table[slot].key);
    }
}

[[noreturn]] void raise_start_error(const char* why) {
    const mp_obj_t args[] = {
        MP_OBJ_NEW_SMALL_INT(MP_EAGAIN),
        mp_obj_new_str_from_cstr(why == nullptr ? start_error : why),
    };
    nlr_raise(mp_obj_new_exception_args(&heddle_thread_start_error_type, 2, args));
}

/// Copies keywords and their values; the keywords interned, as a function's own are.
void copy_keywords(const mp_map_t* keywords, mp_obj_t* to) {
    for (std::size_t slot = 0; slot < keywords->alloc; ++slot) {
        if (mp_map_slot_is_filled(keywords, slot)) {
            *to++ = MP_OBJ_NEW_QSTR(mp_obj_str_get_qstr(keywords->table[slot].key));
            *to++ = keywords->table[slot].value;
        }
    }
}

}  // namespace

extern "C" {

void heddle_thread_set_board(size_t default_stack, size_t least_stack, const char* limit_error) {
    if (default_stack != 0) {
        default_stack_bytes = default_stack;
    }
    least_stack_bytes = least_stack;
    if (limit_error[0] != '\0') {
        start_error = limit_error;
    }
}

mp_obj_t heddle_thread_start_new_thread(size_t n_args, const mp_obj_t* args) {
    check_call(n_args, args);
    std::size_t n_positional = 0;
    mp_obj_t* positional = nullptr;
    mp_obj_tuple_get(args[1], &n_positional, &positional);
    const mp_map_t* keywords = n_args < 3 ? &mp_const_empty_map : mp_obj_dict_get_map(args[2]);
    const std::size_t call_bytes = sizeof(Call) + (n_positional + 2 * keywords->used) * sizeof(mp_obj_t);
    auto* call = static_cast<Call*>(threads::create(call_bytes, stack_bytes_of(stack_size_setting)));
    if (call == nullptr) {
        raise_start_error(nullptr);
    }
    call->body = run_call;
    call->locals = mp_locals_get();
    call->globals = mp_globals_get();
    call->function = args[0];
    call->n_positional = n_positional;
    call->n_keyword = keywords->used;
    std::memcpy(call->arguments, positional, n_positional * sizeof(mp_obj_t));
    copy_keywords(keywords, call->arguments + n_positional);

    const char* why = nullptr;
    const std::uintptr_t id = threads::start(*call, why);
    if (id == 0) {
        raise_start_error(why);
    }
    return mp_obj_new_int_from_uint(id);
}

mp_obj_t heddle_thread_function(const void* argument) {
    return static_cast<const Call*>(static_cast<const threads::Start*>(argument))->function;
}

mp_obj_t heddle_thread_exit(void) { mp_raise_type(&mp_type_SystemExit); }

mp_obj_t heddle_thread_get_ident(void) { return mp_obj_new_int_from_uint(threads::current_id()); }

mp_obj_t heddle_thread_stack_size(size_t n_args, const mp_obj_t* args) {
    mp_int_t size = 0;
    if (n_args != 0) {
        size = mp_obj_get_int(args[0]);
        if (size != 0 && size < static_cast<mp_int_t>(least_stack_bytes)) {
            mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("stack size must be 0 or at least %u"),
                              static_cast<unsigned>(least_stack_bytes));
        }
    }
    const mp_obj_t before = mp_obj_new_int_from_uint(stack_size_setting);
    stack_size_setting = static_cast<std::size_t>(size);
    return before;
}

}  // extern "C"

#endif  // MICROPY_PY_THREAD
