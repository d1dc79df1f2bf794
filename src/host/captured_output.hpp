// What an explored program prints is kept with its execution.
#pragma once

#include <cstddef>
#include <string_view>

namespace heddle::host {

/// From now on nothing is written out.
void start_capturing() noexcept;

/// True: the text was kept, and is not to be written.
[[nodiscard]] bool capture_output(const char* text, std::size_t length) noexcept;

/// Of the execution so far, standard output and error.
[[nodiscard]] std::string_view captured_output() noexcept;

}  // namespace heddle::host
