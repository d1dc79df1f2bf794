// Waiting for a lock from Python.
#pragma once

#include "heddle_platform.hpp"
#include "mpy/events.hpp"
#include "mpy/micropython.hpp"
#include "sync/raw_lock.hpp"

/// Why no other thread may run now, as the text of a RuntimeError; null if one may. The platform defines it.
extern "C" const char* heddle_reason_not_to_switch(void);

namespace heddle::mpy {

using RawLock = sync::RawLock<Platform>;

/// Takes `lock`; false when `deadline` passed first. Scheduled callbacks run meanwhile, and an exception that
/// becomes pending for this thread is raised, with the lock not taken. Raises RuntimeError where a wait could
/// never end.
bool wait_for(RawLock& lock, port::Instant deadline);

}  // namespace heddle::mpy
