// Threads that serve the others in a loop that sleeps and never ends: they do not hold up the end. Only
// program/*.cpp include this.
#pragma once

#include <vector>

#include "program/explored_program.hpp"
#include "program/state.hpp"

namespace heddle::program {

/// A thread that does not serve has made a step.
void note_progress() noexcept;

/// A thread's turn of a loop begins, which serves or does not.
void note_turn(KnownContext& thread, bool serves) noexcept;

/// Marks those as finished that have nobody left to serve: all others have ended, or wait and have waited for
/// long enough.
void end_services(std::vector<ExploredContext>& contexts) noexcept;

}  // namespace heddle::program
