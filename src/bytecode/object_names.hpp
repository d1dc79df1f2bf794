// What an object is called in all executions that allocate it: program/ defines this.
#pragma once

#include <cstdint>

namespace heddle::bytecode {

/// Its address, where nothing else is known. One on a stack is named after the running fiber. Not 0.
[[nodiscard]] std::uint64_t name_of_object(const void* object) noexcept;

}  // namespace heddle::bytecode
