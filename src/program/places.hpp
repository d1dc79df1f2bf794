// Places of the search that are no objects of the program, and what the modes of accesses are to the search.
// Only program/machine*.cpp include this.
#pragma once

#include "board/interrupt_controller.hpp"
#include "program/accesses.hpp"
#include "record/access.hpp"
#include "thread/fiber.hpp"

namespace heddle::program {

// The interrupt mask.
inline constexpr record::Place kMask = 2;

// The queue of scheduled callbacks.
inline constexpr record::Place kCallbacks = 3;

// Whether one runs: then no other begins.
inline constexpr record::Place kCallbackRuns = 4;

// How many threads there are.
inline constexpr record::Place kThreads = 5;

// The levels of pins that are watched.
inline constexpr record::Place kLevels = 7;

// The queue of handlers for the interrupt thread.
inline constexpr record::Place kPosted = 8;

// What the interrupt thread finds when it calls a handler: whether the program has taken it away.
inline constexpr record::Place kHandlers = 9;

// The numbers of contexts: who comes to be first gets the lower one.
inline constexpr record::Place kNumbers = 10;

// Whatever a step may touch that nobody can tell.
inline constexpr record::Place kAnything = 6;

/// A thread stops for a callback, and goes on after it.
constexpr record::Place stop_of(thread::ThreadId thread) noexcept { return 0x100 + thread; }

/// Whether the source is armed: taken while it is not.
constexpr record::Place place_of_arming(board::SourceId line) noexcept { return 0x20000 + line; }

/// When an armed source fires, at what, and what runs then.
constexpr record::Place place_of_setup(board::SourceId line) noexcept { return 0x40000 + line; }

/// How often it has fired: its firings have an order, also where they interrupt other handlers.
constexpr record::Place place_of_firings(board::SourceId line) noexcept { return 0x10000 + line; }

/// `took`: it tried to take a lock, and the lock was free.
[[nodiscard]] record::Mode mode_of(const Access& access, bool took, bool any_timing) noexcept;

}  // namespace heddle::program
