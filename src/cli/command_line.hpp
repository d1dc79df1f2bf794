// A command line of `heddle run`, understood.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "host/interpreter.hpp"

namespace heddle::cli {

/// What is wrong with a command line, in one line.
class UsageError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A command line says all there is to say: print `text`, exit with 0.
class Answer : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// `words` follow `heddle run`, or `heddle`. Throws UsageError, Answer, or board::FileError.
[[nodiscard]] host::Program parse_run(const std::string& executable, const std::vector<std::string>& words);

/// The board where the command line names none.
[[nodiscard]] std::string usual_board();

/// Bytes of a heap size such as 300000, 512k, 4M, 64wK (w: on a 32-bit board; twice that here). Throws
/// UsageError.
[[nodiscard]] std::size_t parse_heap_size(const std::string& text);

}  // namespace heddle::cli
