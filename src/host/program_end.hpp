// What comes between the end of a program's main code and its exit.
#pragma once

namespace heddle::host {

/// The board stays on for `stay_s` seconds; then, if the program ended well, what it gave to heddle.at_end()
/// is called, when all its threads have ended. Ctrl-C ends either. `status` is the exit status so far; the
/// new one is returned. On the main fiber.
[[nodiscard]] int after_the_end(double stay_s, int status);

}  // namespace heddle::host
