// Programs with bugs that publications on testing by chance compare their tools with, rebuilt from what they
// do.
#pragma once

#include "explore/toy/toy_machine.hpp"

namespace heddle::explore::toy {

/// One pays in, one takes out, one checks a balance that is never right once both are done.
[[nodiscard]] Program account();
/// One adds 1, one adds 2, one finds 3.
[[nodiscard]] Program lazy();
/// Two increments, each under the same two locks, in opposite order.
[[nodiscard]] Program crossed_locks();
/// A driver is stopped while it takes a request.
[[nodiscard]] Program bluetooth_driver();
/// Two values that belong together are written under a lock each.
[[nodiscard]] Program two_stage();
/// Each of the setters sets one value, then another; a checker must not see the one without the other.
[[nodiscard]] Program reorder(int setters);
/// The same with setters of one code, which a thread of its own starts, and then the checker.
[[nodiscard]] Program started_reorder(int setters);

}  // namespace heddle::explore::toy
