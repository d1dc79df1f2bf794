// The layout of bytecode: how long an instruction is, where it goes, what it takes from the stack.
#pragma once

#include <array>
#include <cstddef>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/bc.h"
}

namespace heddle::bytecode {

/// The function's first one. `bytecode`: with its prelude.
[[nodiscard]] const byte* first_instruction(const byte* bytecode) noexcept;

/// The one that stands behind it.
[[nodiscard]] const byte* instruction_behind(const byte* ip) noexcept;

/// Of a jump, or of what sets up a handler.
[[nodiscard]] const byte* jump_target(const byte* ip) noexcept;

/// Does it set up a handler, which begins at its jump_target()?
[[nodiscard]] bool sets_up_handler(const byte* ip) noexcept;

/// Does it ask for an item, or test a value, and go one of two ways?
[[nodiscard]] bool is_branch(const byte* ip) noexcept;

/// Does it jump back to where it has been, whatever the values are?
[[nodiscard]] bool is_jump_back(const byte* ip) noexcept;

/// Does it end the function's frame with a value?
[[nodiscard]] bool is_return(const byte* ip) noexcept;

/// May it leave a generator's frame with an item?
[[nodiscard]] bool is_yield(const byte* ip) noexcept;

/// Does it end with a look whether callbacks are due?
[[nodiscard]] bool looks_for_callbacks(const byte* ip) noexcept;

/// Of the loop that the jump at `ip` begins another turn of: where its condition stands, behind its body.
/// Null: it has none, as `while True`. `first`: the function's first instruction.
[[nodiscard]] const byte* condition_of_loop(const byte* first, const byte* ip) noexcept;

/// Where an instruction goes within its function, if it raises nothing and no `finally` comes between; null
/// where there is none. An exit has none.
using Successors = std::array<const byte*, 2>;
[[nodiscard]] Successors successors_of(const byte* ip) noexcept;

/// So many slots, from the top down.
struct StackUse {
    std::size_t inputs = 0;  ///< that it looks at
    std::size_t taken = 0;   ///< that it takes away or changes
};

/// `sp`: as before it. Those that only move slots have none: DUP_TOP, DUP_TOP_TWO, ROT_TWO, ROT_THREE.
[[nodiscard]] StackUse stack_use(const byte* ip, const mp_obj_t* sp) noexcept;

/// The number of the local variable that it stores to or loads from, or whose cell it uses; -1 if it does
/// neither.
[[nodiscard]] int stored_local(const byte* ip) noexcept;
[[nodiscard]] int loaded_local(const byte* ip) noexcept;

/// How many local variables the function's instructions use, from the one numbered 0 on.
[[nodiscard]] std::size_t locals_used(const byte* first) noexcept;

/// The function slot of a call, counted from the top down; -1: it is no call.
[[nodiscard]] int function_slot(const byte* ip) noexcept;

}  // namespace heddle::bytecode
