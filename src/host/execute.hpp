// Running pieces of Python, with uncaught exceptions turned into exit statuses.
#pragma once

#include "mpy/micropython.hpp"

namespace heddle::host {

enum class Input {
    file,
    text,
    standard_input,
    line,  ///< of the REPL: its value is printed
};

/// An exit status with this bit came from SystemExit.
inline constexpr int kExitRequested = 0x100;

/// Prints the exception, unless it is SystemExit; the exit status that it means.
int status_of(void* exception);

/// A function that runs the file named `text`, or `text` itself. Raises what the compiler does.
mp_obj_t compile_input(Input input, const char* text);

/// Compiles the file named `text`, or `text` itself, and runs it. Its exit status.
int execute(Input input, const char* text, bool compile_only);

/// Imports the module, or a package's __main__, as __main__. Its exit status.
int execute_module(const char* name);

/// Calls `body`, which may raise; its exit status.
template <class Body>
int execute_protected(Body&& body) {
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        body();
        nlr_pop();
        return 0;
    }
    return status_of(jump.ret_val);
}

}  // namespace heddle::host
