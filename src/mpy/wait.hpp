// Waiting for a lock from Python.
#pragma once

#include "heddle_platform.hpp"
#include "mpy/events.hpp"
#include "mpy/micropython.hpp"

namespace heddle::mpy {

using RawLock = PlatformLock;

/// Takes `lock`; false when `deadline` passed first. Scheduled callbacks run meanwhile, and an exception that
/// becomes pending for this thread is raised, with the lock not taken. Raises RuntimeError where no other
/// thread may run. For threads.
bool wait_for(RawLock& lock, port::Instant deadline);

}  // namespace heddle::mpy
