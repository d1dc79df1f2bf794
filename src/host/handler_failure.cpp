#include "host/handler_failure.hpp"

#include <utility>

#include "base/state.h"
#include "bytecode/source_lines.hpp"
#include "bytecode/upstream_layouts.hpp"
#include "host/program_failure.hpp"
#include "mpy/failure.h"
#include "thread/control.hpp"
#include "thread/scheduler.hpp"

namespace heddle::host {
namespace {

HEDDLE_STATE HandlerNote note{};

bytecode::Explanation explain_noted() noexcept {
    // Before a handler's first opcode, the call builds what it passes.
    return note.step.code == nullptr && note.function != MP_OBJ_NULL
               ? bytecode::explain_entry(note.function, 1)
               : explain(note.step);
}

}  // namespace

const mp_obj_fun_bc_t* handler_at_its_start() noexcept {
    const mp_obj_t function =
        note.step.code == nullptr ? bytecode::inner_function(note.function) : MP_OBJ_NULL;
    const bool is_bytecode = function != MP_OBJ_NULL && mp_obj_is_type(function, &mp_type_fun_bc);
    return is_bytecode ? static_cast<const mp_obj_fun_bc_t*>(MP_OBJ_TO_PTR(function)) : nullptr;
}

const bytecode::Explanation* why_heap_was_needed() noexcept { return note.failed ? &note.why : nullptr; }

HandlerNote begin_handler(mp_obj_t function) noexcept {
    return std::exchange(note, {.function = function, .step = {}, .failed = false, .why = {}});
}

void end_handler(const HandlerNote& interrupted) noexcept { note = interrupted; }

void note_step(const bytecode::Step& step) noexcept { note.step = step; }

void note_sleep() noexcept {
    if (thread::is_controlled() && thread::in_interrupt() && note.step.code != nullptr) {
        const mpy::SourcePlace place = bytecode::source_line_of(*note.step.code->fun_bc, note.step.ip);
        note_failure({.is_new = true,
                      .is_assertion = false,
                      .in_handler = true,
                      .needed_heap = false,
                      .waits = true,
                      .file = qstr_from_str(place.file),
                      .line = place.line,
                      .text = "it sleeps"});
    }
}

}  // namespace heddle::host

extern "C" {

void heddle_explain_failure(mp_obj_t exception) {
    using heddle::host::note;
    if (note.failed && mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&mp_type_MemoryError))) {
        mp_printf(MICROPY_ERROR_PRINTER, "heddle: ");
        heddle::bytecode::print_explanation(note.why, MICROPY_ERROR_PRINTER);
        mp_printf(MICROPY_ERROR_PRINTER, "\n");
    }
}

[[noreturn]] void __real_m_malloc_fail(size_t bytes);
[[noreturn]] void __wrap_m_malloc_fail(size_t bytes);
void __wrap_m_malloc_fail(size_t bytes) {
    if (heddle::thread::in_interrupt() && gc_is_locked()) {
        heddle::host::note.failed = true;
        heddle::host::note.why = heddle::host::explain_noted();
    }
    __real_m_malloc_fail(bytes);
}

}  // extern "C"
