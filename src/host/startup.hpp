// From nothing to an interpreter that can run a program.
#pragma once

#include "host/interpreter.hpp"

namespace heddle::host {

/// The limits of the board, and of the command line. Before the first thread.
void set_up_threads(const Program& program);

/// On the main fiber. False, with a message, if the heap is too small.
[[nodiscard]] bool start_interpreter(const Program& program, char* heap, std::size_t stack_bytes);

/// Puts the script's folder into sys.path. False, with a message, if there is no such file.
[[nodiscard]] bool find_script(const Program& program);

}  // namespace heddle::host
