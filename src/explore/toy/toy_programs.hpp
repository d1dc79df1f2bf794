// Programs for tests and benchmarks of the search.
#pragma once

#include "explore/toy/toy_machine.hpp"

namespace heddle::explore::toy {

/// Threads that each do `v = v + 1` so many times, by a read and a write.
[[nodiscard]] Program unlocked_increments(int threads, int times);
/// The same with a lock around each.
[[nodiscard]] Program locked_increments(int threads, int times);
/// One writer of a place, and so many readers.
[[nodiscard]] Program one_writer(int readers);
/// So many writers of a place, and one reader.
[[nodiscard]] Program one_reader(int writers);
/// Of an array of zeros, each thread sets an element to the one before it plus 1; one looks for the last
/// zero.
[[nodiscard]] Program last_zero(int threads);
/// Each takes the fork at its left, then the one at its right.
[[nodiscard]] Program philosophers(int count);
[[nodiscard]] Program two_locks_in_opposite_order();
[[nodiscard]] Program peterson();
/// A loop of k increments, and a handler that increments, fired so many times. With a mask around each
/// increment.
[[nodiscard]] Program increments_and_handler(int increments, int firings, bool masked);

}  // namespace heddle::explore::toy
