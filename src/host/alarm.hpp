// A timer of the operating system that interrupts whatever runs.
#pragma once

#include "port/port.hpp"

namespace heddle::host {

/// Makes the signal handler and the timer: from now on `ring` is called when an alarm set by set_alarm() goes
/// off, in a signal handler, on any thread. False if the system has none to give. Called once a process.
[[nodiscard]] bool start_alarm(void (*ring)()) noexcept;

/// Goes off once, at `deadline` or soon after; what was set before is forgotten. Precondition: the deadline
/// is not kForever.
void set_alarm(port::Instant deadline) noexcept;

}  // namespace heddle::host
