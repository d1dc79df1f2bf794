// Waiting for a lock from Python.
#pragma once

#include "heddle_platform.hpp"
#include "mpy/events.hpp"
#include "mpy/micropython.hpp"
#include "sync/raw_lock.hpp"

/// Does the garbage collector run, and with it finalisers? The platform defines it.
extern "C" bool heddle_is_collecting(void);

namespace heddle::mpy {

using RawLock = sync::RawLock<Platform>;

/// Why the caller may not wait at all, as the text of a RuntimeError; null if it may.
const char* reason_not_to_wait() noexcept;

/// Takes `lock`; false when `deadline` passed first. Scheduled callbacks run meanwhile, and an exception that
/// becomes pending for this thread is raised, with the lock not taken. Raises RuntimeError where a wait could
/// never end.
bool wait_for(RawLock& lock, port::Instant deadline);

}  // namespace heddle::mpy
