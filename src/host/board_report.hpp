// What is told of the board when a program has ended.
#pragma once

#include "host/interpreter.hpp"

namespace heddle::host {

/// Prints the statistics on stderr and writes the scene's recording, where the program asks for them. False,
/// with a message, if the recording cannot be written.
[[nodiscard]] bool report_on_board(const Program& program);

}  // namespace heddle::host
