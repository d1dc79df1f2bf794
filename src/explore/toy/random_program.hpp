// Small programs by chance, for tests that hold one search against another.
#pragma once

#include <cstdint>

#include "explore/toy/toy_machine.hpp"

namespace heddle::explore::toy {

/// The same one for the same seed: two or three contexts, some of them sources or started by another, on few
/// variables and locks. May deadlock, fail and misuse locks.
[[nodiscard]] Program random_program(std::uint64_t seed);

/// One or two threads, and sources of several priorities whose handlers interrupt each other.
[[nodiscard]] Program random_nested_program(std::uint64_t seed);

}  // namespace heddle::explore::toy
