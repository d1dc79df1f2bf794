// Where the contexts of an explored program stand. Only program/*.cpp and program/snapshot.cpp include
// this.
#pragma once

#include <vector>

#include "program/board.hpp"
#include "program/explored_program.hpp"
#include "program/state.hpp"

namespace heddle::program {

/// Of a thread, a callback within it included. Null: it has ended.
[[nodiscard]] ExploredContext thread_context(const thread::Fiber* fiber) noexcept;

/// Does it sleep, although its time has come? Then it can go on like anybody.
[[nodiscard]] bool is_over(const thread::Fiber& fiber) noexcept;

/// Does its next step interrupt the wait that the thread is in, for a callback? The main thread waits once it
/// has ended.
[[nodiscard]] bool is_due(const KnownContext& context) noexcept;

/// On which the next step of a thread or a callback runs; null if it has none.
[[nodiscard]] thread::Fiber* fiber_of(const KnownContext& context) noexcept;

/// Could others interrupt the source's handler, if they were armed?
[[nodiscard]] bool is_interruptible(const KnownContext& source) noexcept;

/// May another source fire while the hard handler of this line runs?
[[nodiscard]] bool is_below_another(const std::vector<ExploredLine>& armed, board::SourceId line,
                                    unsigned most_firings) noexcept;

/// What is noted of the contexts that there are: a part of the program's state.
[[nodiscard]] thread::Bytes bytes_of_contexts() noexcept;

}  // namespace heddle::program
