// What a thread does while it waits: run scheduled callbacks, notice a pending exception.
#pragma once

namespace heddle::mpy {

/// Runs the callbacks that micropython.schedule() has queued. False when an exception is pending for this
/// thread: the caller undoes its wait and then calls mp_handle_pending(true), which raises it. Never raises.
bool handle_events() noexcept;

}  // namespace heddle::mpy
