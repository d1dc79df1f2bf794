#include "script.hpp"

#include <cstring>

#include "heddle_core.hpp"
#include "mpy/micropython.hpp"

extern "C" {
#include "py/compile.h"
#include "py/lexer.h"
#include "py/objlist.h"
#include "py/objmodule.h"
#include "shared/runtime/interrupt_char.h"
#include "shared/runtime/pyexec.h"
#include "uart.h"

int __real_pyexec_friendly_repl(void);

constinit bool heddle_soft_reset_wanted = false;
}

namespace heddle::image {
namespace {

constexpr char kControlC = 3;

const Script* script_in_memory() noexcept {
    const auto* script = reinterpret_cast<const Script*>(HEDDLE_SCRIPT_ADDRESS);
    return script->magic == Script::kMagic ? script : nullptr;
}

bool fits(const Script& script) noexcept {
    constexpr std::uint32_t room = HEDDLE_SCRIPT_ROOM - sizeof(Script);
    return script.argument_bytes >= 1 && script.argument_bytes <= room &&
           script.script_bytes <= room - script.argument_bytes &&
           script.content[script.argument_bytes - 1] == '\0';
}

void set_arguments(const Script& script) {
    const char* end = script.content + script.argument_bytes;
    for (const char* argument = script.content; argument != end; argument += std::strlen(argument) + 1) {
        mp_obj_list_append(mp_sys_argv, mp_obj_new_str(argument, std::strlen(argument)));
    }
}

void compile_and_run(const Script& script) {
    const qstr name = qstr_from_str(script.content);
    mp_store_global(MP_QSTR___file__, MP_OBJ_NEW_QSTR(name));
    mp_lexer_t* lexer =
        mp_lexer_new_from_str_len(name, script.content + script.argument_bytes, script.script_bytes, 0);
    mp_parse_tree_t tree = mp_parse(lexer, MP_PARSE_FILE_INPUT);
    mp_call_function_0(mp_compile(&tree, name, false));
}

int status_of(mp_obj_t exception) {
    if (!mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&mp_type_SystemExit))) {
        mp_obj_print_exception(&mp_plat_print, exception);
        return 1;
    }
    const mp_obj_t value = mp_obj_exception_get_value(exception);
    mp_int_t status = 0;
    if (value != mp_const_none && !mp_obj_get_int_maybe(value, &status)) {
        status = 1;
    }
    return static_cast<int>(status & 0xff);
}

/// The exit status.
int run(const Script& script) {
    nlr_buf_t jump;
    int status = 0;
    mp_hal_set_interrupt_char(kControlC);
    if (nlr_push(&jump) == 0) {
        set_arguments(script);
        compile_and_run(script);
        mp_handle_pending(HEDDLE_PENDING_RAISE);
        nlr_pop();
    } else {
        status = status_of(MP_OBJ_FROM_PTR(jump.ret_val));
    }
    mp_hal_set_interrupt_char(-1);
    return status;
}

}  // namespace
}  // namespace heddle::image

namespace heddle {

void stop(const char* sentence) noexcept {
    constexpr char kName[] = "heddle: ";
    uart_tx_strn(kName, sizeof kName - 1);
    uart_tx_strn(sentence, std::strlen(sentence));
    uart_tx_strn("\r\n", 2);
    end_emulation(1);
}

}  // namespace heddle

extern "C" int __wrap_pyexec_friendly_repl(void) {
    using namespace heddle::image;
    const Script* script = script_in_memory();
    if (script == nullptr) {
        return __real_pyexec_friendly_repl();
    }
    if (!fits(*script)) {
        mp_printf(&mp_plat_print, "heddle: what lies in memory is no script\n");
        heddle::end_emulation(Script::kInvalid);
    }
    heddle_soft_reset_wanted = false;
    const int status = run(*script);
    if (heddle_soft_reset_wanted) {
        return PYEXEC_FORCED_EXIT;
    }
    heddle::end_emulation(status);
}
