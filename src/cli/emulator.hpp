// QEMU as a child, with the terminal, signals and a limit.
#pragma once

#include <string>
#include <vector>

namespace heddle::cli {

struct Emulation {
    std::vector<std::string> command;  ///< the program's file, and its arguments
    double limit_s = 0;                ///< 0: none
};

enum EmulatorStatus { kTimeLimit = 124, kInterrupted = 130 };

/// Runs it to its end, and returns its exit status; kTimeLimit, and a line on standard error, when the limit
/// passed; kInterrupted after Ctrl-C, and alike for other signals that end a process. In the last two cases
/// it is gone.
///
/// What it writes goes to standard output with the serial line's ends of lines made into this system's; its
/// standard input is the caller's. For the main thread of a process that has no other one.
[[nodiscard]] int emulate(const Emulation& emulation);

}  // namespace heddle::cli
