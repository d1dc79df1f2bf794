// Text for a terminal: what a program says must not move the cursor, and columns must line up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::report {

/// Control characters, bytes that are no UTF-8, and characters that turn the direction of text, as `\n`,
/// `\x1b` or
/// `\u202e`.
[[nodiscard]] std::string escaped(std::string_view text);

/// The functions below take text that is escaped. Widths are in columns of a terminal.
[[nodiscard]] std::size_t width_of(std::string_view text) noexcept;
/// At most `width` wide; where something had to go it ends in `...`.
[[nodiscard]] std::string cut(std::string_view text, std::size_t width);
/// Exactly `width` wide.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t width);

/// "1 step", "2 steps".
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view noun);

/// As an argument of a shell's command: in quotes where that is needed.
[[nodiscard]] std::string shell_word(std::string_view text);

/// The columns' widths, which together are at most `available`: what each wants, and where that is too much,
/// the wide ones are cut to the same width.
[[nodiscard]] std::vector<std::size_t> shared_widths(const std::vector<std::size_t>& wanted,
                                                     std::size_t available);

}  // namespace heddle::report
