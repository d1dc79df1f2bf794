// Exceptions of an explored program that nobody caught.
#pragma once

#include <cstddef>

#include "mpy/micropython.hpp"

namespace heddle::host {

// Of the last exception that nobody caught.
struct Failure {
    bool is_new;
    bool is_assertion;
    bool in_handler;
    bool needed_heap;
    bool waits;  ///< nothing was raised
    qstr file;
    std::size_t line;
    char text[256];  // of the exception, in one line; for what needed the heap, why
};

/// Has there been one since the last call of take_failure()?
[[nodiscard]] bool is_failure_new() noexcept;

/// The last one since the last call; `is_new` says whether there was one.
[[nodiscard]] Failure take_failure() noexcept;

void note_failure(const Failure& noted) noexcept;

}  // namespace heddle::host
