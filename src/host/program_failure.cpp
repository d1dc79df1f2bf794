#include "host/program_failure.hpp"

#include <algorithm>
#include <cstring>

#include "base/state.h"
#include "host/handler_failure.hpp"
#include "mpy/failure.h"
#include "mpy/source_place.hpp"
#include "thread/scheduler.hpp"

namespace heddle::host {
namespace {

HEDDLE_STATE Failure failure = {};

}  // namespace

bool is_failure_new() noexcept { return failure.is_new; }

Failure take_failure() noexcept {
    const Failure last = failure;
    failure.is_new = false;
    return last;
}

void note_failure(const Failure& noted) noexcept { failure = noted; }

}  // namespace heddle::host

extern "C" void heddle_note_uncaught(mp_obj_t exception) {
    heddle::host::Failure failure;
    std::size_t entries = 0;
    std::size_t* traceback = nullptr;
    mp_obj_exception_get_traceback(exception, &entries, &traceback);
    const auto is = [exception](const mp_obj_type_t& type) {
        return mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&type));
    };
    failure = {.is_new = true,
               .is_assertion = is(mp_type_AssertionError),
               .in_handler = heddle::thread::in_interrupt(),
               .needed_heap = is(mp_type_MemoryError),
               .waits = false,
               .file = entries < 3 ? static_cast<qstr>(MP_QSTR_) : static_cast<qstr>(traceback[0]),
               .line = entries < 3 ? 0 : traceback[1],
               .text = {}};
    if (const mp_obj_fun_bc_t* function = heddle::host::handler_at_its_start();
        entries < 3 && failure.in_handler && function != nullptr) {
        const heddle::mpy::SourcePlace place = heddle::mpy::place_of(*function, nullptr);
        failure.file = qstr_from_str(place.file);
        failure.line = place.line;
    }
    vstr_t text;
    mp_print_t print;
    vstr_init_fixed_buf(&text, sizeof failure.text, failure.text);
    print = {&text, [](void* to, const char* what, std::size_t length) {
                 auto* out = static_cast<vstr_t*>(to);
                 vstr_add_strn(out, what, std::min(length, out->alloc - 1 - out->len));
             }};
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        if (const heddle::bytecode::Explanation* why = heddle::host::why_heap_was_needed();
            failure.needed_heap && why != nullptr) {
            heddle::bytecode::print_need(*why, &print);
        } else {
            mp_obj_print_helper(&print, exception, PRINT_EXC);
        }
        nlr_pop();
    }
    vstr_null_terminated_str(&text);
    // An exception without a message.
    if (text.len > 2 && std::strcmp(failure.text + text.len - 2, ": ") == 0) {
        failure.text[text.len - 2] = '\0';
    }
    heddle::host::note_failure(failure);
}
