// Names for an explored program's objects that do not depend on the order in which its threads allocate.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bytecode/object_names.hpp"
#include "thread/control.hpp"

namespace heddle::program {

/// From now on each object that a fiber allocates is named after its context and how many objects that one
/// had allocated before. What is there already keeps its address. After the heap was made; once a process.
void name_objects(const thread::StackArena& stacks) noexcept;

/// How many objects the context has allocated.
[[nodiscard]] std::uint32_t objects_of(std::size_t context) noexcept;

/// Did the context allocate it after so many others?
[[nodiscard]] bool is_newer(const void* object, std::size_t context, std::uint32_t objects) noexcept;

/// Of the heap's first blocks: a part of the program's state.
[[nodiscard]] thread::Bytes names_of_blocks(std::size_t blocks) noexcept;

}  // namespace heddle::program
