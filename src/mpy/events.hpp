// What a thread does while it waits: run scheduled callbacks, notice a pending exception.
#pragma once

namespace heddle::mpy {

/// Runs the callbacks that micropython.schedule() had queued at the call. If they queued more, the thread's
/// next wait is interrupted. False when an exception is pending for this thread: the caller undoes its wait
/// and then calls handle_events_or_raise(). Never raises.
bool handle_events() noexcept;

/// The same, but raises the pending exception. For a caller that has nothing to undo.
void handle_events_or_raise();

}  // namespace heddle::mpy
