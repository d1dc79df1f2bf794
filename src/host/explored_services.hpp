// Threads that serve the others in a loop that sleeps and never ends: they do not hold up the end. Only
// host/explored_*.cpp include this.
#pragma once

#include <vector>

#include "host/explored_program.hpp"
#include "host/explored_state.hpp"

namespace heddle::host::explored {

/// A thread that does not serve has made a step.
void note_progress() noexcept;

/// A thread's turn of a loop begins, which serves or does not.
void note_turn(KnownContext& thread, bool serves) noexcept;

/// Marks those as finished that have nobody left to serve: all others have ended, or wait and have waited for
/// long enough.
void end_services(std::vector<ExploredContext>& contexts) noexcept;

}  // namespace heddle::host::explored
