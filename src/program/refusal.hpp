// What an explored program cannot do, as nobody could repeat it or take it back.
#pragma once

namespace heddle::program {

/// Does a step of an explored program run? Only then is anything refused.
[[nodiscard]] bool is_exploring() noexcept;

/// Ends the process with status 2 and one line on standard error: where the program is, and that heddle check
/// cannot `what`, such as "repeat a read of standard input".
[[noreturn]] void refuse(const char* what) noexcept;

/// The same for a file or a command.
[[noreturn]] void refuse(const char* what, const char* name) noexcept;

}  // namespace heddle::program
