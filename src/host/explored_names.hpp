// Names for an explored program's objects that do not depend on the order in which its threads allocate.
#pragma once

#include <cstddef>
#include <cstdint>

#include "thread/control.hpp"

namespace heddle::host {

/// From now on each object that a fiber allocates is named after its context and how many objects that one
/// had allocated before. What is there already keeps its address. After the heap was made; once a process.
void name_objects(const thread::StackArena& stacks) noexcept;

/// Of one object, in all executions that allocate it: its address, where nothing else is known. One on a
/// stack is named after the running fiber. Not 0.
[[nodiscard]] std::uint64_t name_of_object(const void* object) noexcept;

/// A fiber has allocated it, or moved it there. Nothing before name_objects().
void name_object(const void* object) noexcept;

/// How many objects the context has allocated.
[[nodiscard]] std::uint32_t objects_of(std::size_t context) noexcept;

/// Did the context allocate it after so many others?
[[nodiscard]] bool is_newer(const void* object, std::size_t context, std::uint32_t objects) noexcept;

/// Of the heap's first blocks: a part of the program's state.
[[nodiscard]] thread::Bytes names_of_blocks(std::size_t blocks) noexcept;

}  // namespace heddle::host
