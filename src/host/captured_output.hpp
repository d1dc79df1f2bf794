// What an explored program prints is kept with its execution.
#pragma once

#include <cstddef>
#include <string_view>

namespace heddle::host {

/// Standard output and error of the execution so far, in the order in which they came. For its fibers.
void keep_output(const char* text, std::size_t length) noexcept;

/// Valid until the program runs on.
[[nodiscard]] std::string_view captured_output() noexcept;

}  // namespace heddle::host
