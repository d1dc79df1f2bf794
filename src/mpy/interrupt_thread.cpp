// The thread that calls handlers on boards which queue them.
#include "mpy/handlers.hpp"

namespace heddle::mpy {

bool post(Handler&) noexcept { return false; }

devices::Line posted_line() noexcept { return devices::kNoLine; }

}  // namespace heddle::mpy
