// Files that an explored program reads: as they were when it first opened them, whatever becomes of them.
//
// Positions are part of the program's state, and are taken back with it. For the thread of the search and its
// fibers.
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace heddle::program {

/// As open(2) for reading. Refuses what is no regular file; see refusal.hpp.
[[nodiscard]] int open_frozen(const char* path) noexcept;

/// Is it a descriptor of open_frozen()? The others of here are for such ones only, and as the system calls of
/// their names.
[[nodiscard]] bool is_frozen(int file) noexcept;
[[nodiscard]] ssize_t read_frozen(int file, void* to, std::size_t bytes) noexcept;
[[nodiscard]] off_t seek_frozen(int file, off_t offset, int whence) noexcept;
[[nodiscard]] int close_frozen(int file) noexcept;

}  // namespace heddle::program
