#include "host/execute.hpp"

#include <cstring>

extern "C" {
#include "py/compile.h"
#include "py/lexer.h"
#include "py/objstr.h"
}

namespace heddle::host {
namespace {

mp_lexer_t* make_lexer(Input input, const char* text) {
    switch (input) {
        case Input::file:
            return mp_lexer_new_from_file(qstr_from_str(text));
        case Input::standard_input:
            return mp_lexer_new_from_fd(MP_QSTR__lt_stdin_gt_, 0, false);
        case Input::text:
        case Input::line:
            break;
    }
    return mp_lexer_new_from_str_len(MP_QSTR__lt_stdin_gt_, text, std::strlen(text), 0);
}

}  // namespace

mp_obj_t compile_input(Input input, const char* text) {
    mp_lexer_t* lexer = make_lexer(input, text);
    const qstr name = lexer->source_name;
    const bool is_line = input == Input::line;
    if (!is_line) {
        mp_store_global(MP_QSTR___file__, MP_OBJ_NEW_QSTR(name));
    }
    mp_parse_tree_t tree = mp_parse(lexer, is_line ? MP_PARSE_SINGLE_INPUT : MP_PARSE_FILE_INPUT);
    return mp_compile(&tree, name, is_line);
}

namespace {

void compile_and_run(Input input, const char* text, bool compile_only) {
    const mp_obj_t function = compile_input(input, text);
    if (!compile_only) {
        mp_call_function_0(function);
    }
}

mp_obj_t import_as_main(mp_obj_t name) {
    // The last argument is what makes it __main__.
    const mp_obj_t args[] = {name, mp_const_none, mp_const_none, mp_const_false};
    return mp_builtin___import__(MP_ARRAY_SIZE(args), args);
}

bool is_package(mp_obj_t module) {
    mp_obj_t path[2];
    mp_load_method_protected(module, MP_QSTR___path__, path, true);
    return path[0] != MP_OBJ_NULL;
}

void import_main(const char* name) {
    if (!is_package(import_as_main(mp_obj_new_str_from_cstr(name)))) {
        return;
    }
    vstr_t main_name;
    vstr_init(&main_name, std::strlen(name) + sizeof ".__main__");
    vstr_add_str(&main_name, name);
    vstr_add_str(&main_name, ".__main__");
    import_as_main(mp_obj_new_str_from_vstr(&main_name));
}

}  // namespace

int status_of(void* exception) {
    const mp_obj_t object = MP_OBJ_FROM_PTR(exception);
    if (mp_obj_exception_match(object, MP_OBJ_FROM_PTR(&mp_type_SystemExit))) {
        const mp_obj_t value = mp_obj_exception_get_value(object);
        mp_int_t status = 0;
        if (value != mp_const_none && !mp_obj_get_int_maybe(value, &status)) {
            status = 1;
        }
        return kExitRequested | (static_cast<int>(status) & 0xff);
    }
    mp_obj_print_exception(&mp_stderr_print, object);
    return 1;
}

int execute(Input input, const char* text, bool compile_only) {
    mp_hal_set_interrupt_char(CHAR_CTRL_C);
    const int status = execute_protected([=] {
        compile_and_run(input, text, compile_only);
        mp_hal_set_interrupt_char(-1);
        mp_handle_pending(HEDDLE_PENDING_RAISE);
    });
    mp_hal_set_interrupt_char(-1);
    mp_handle_pending(HEDDLE_PENDING_CLEAR);
    return status;
}

int execute_module(const char* name) {
    mp_hal_set_interrupt_char(CHAR_CTRL_C);
    const int status = execute_protected([=] { import_main(name); });
    mp_hal_set_interrupt_char(-1);
    return status;
}

}  // namespace heddle::host
