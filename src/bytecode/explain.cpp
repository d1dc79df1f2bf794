// Where an allocation failed, and the line that says why.
#include "bytecode/explain.hpp"

#include "bytecode/explain_needs.hpp"
#include "bytecode/source_lines.hpp"

extern "C" {
#include "py/profile.h"
}

namespace heddle::bytecode {
namespace {

static_assert(MICROPY_EMIT_BYTECODE_USES_QSTR_TABLE);

void locate(Explanation& explanation, const mp_obj_fun_bc_t& function, const byte* ip) noexcept {
    const mpy::SourcePlace place = source_line_of(function, ip);
    explanation.file = place.file;
    explanation.line = place.line;
    explanation.function = place.function;
}

}  // namespace

qstr function_name(const byte* bytecode, const mp_module_context_t& context) noexcept {
    mp_bytecode_prelude_t prelude;
    mp_prof_extract_prelude(bytecode, &prelude);
    return context.constants.qstr_table[prelude.qstr_block_name_idx];
}

Explanation explain(const Step& step) noexcept {
    Explanation explanation{};
    const mp_code_state_t* innermost = MP_STATE_THREAD(current_code_state);
    if (step.code == nullptr || innermost == nullptr) {
        describe(explanation, Need::kBuiltIn);
        return explanation;
    }
    // A frame that has ended left its state and its stack to others: then only the innermost one's place is
    // known.
    const bool current = innermost == step.code;
    const byte* ip = current ? step.ip : innermost->ip;
    locate(explanation, *innermost->fun_bc, ip);
    describe_opcode(explanation, *innermost->fun_bc, ip, current ? step.sp : nullptr);
    return explanation;
}

Explanation explain_entry(mp_obj_t handler, std::size_t arguments) noexcept {
    Explanation explanation{};
    const mp_obj_fun_bc_t* function = bytecode_function_of(handler);
    if (function != nullptr) {
        locate(explanation, *function, nullptr);
    }
    describe_call(explanation, {.function = handler, .self = MP_OBJ_NULL, .positional = arguments});
    return explanation;
}

void print_need(const Explanation& explanation, const mp_print_t* print) noexcept {
    mp_printf(print, "%s needs the heap. %s", explanation.construct, explanation.cure);
}

void print_explanation(const Explanation& explanation, const mp_print_t* print) noexcept {
    if (explanation.file != nullptr) {
        mp_printf(print, "%s, line %u, in %s: ", explanation.file, static_cast<unsigned>(explanation.line),
                  explanation.function);
    }
    print_need(explanation, print);
    mp_printf(print, ".");
}

void explain_allocation(const Step& step, const mp_print_t* print) noexcept {
    print_explanation(explain(step), print);
}

}  // namespace heddle::bytecode
