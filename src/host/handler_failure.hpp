// What a hard handler was about to do when it needed the heap.
#pragma once

#include "bytecode/explain.hpp"

namespace heddle::host {

/// Of one handler, while it runs.
struct HandlerNote {
    mp_obj_t function;    ///< MP_OBJ_NULL: none
    bytecode::Step step;  ///< before its present opcode
    bool failed;          ///< it needed the heap
    bytecode::Explanation why;
};

/// A handler that calls `function` begins. What was noted of the one that it interrupts, for end_handler().
[[nodiscard]] HandlerNote begin_handler(mp_obj_t function) noexcept;
void end_handler(const HandlerNote& interrupted) noexcept;

/// The function of the running handler, if it has not come to its first opcode; null otherwise, and where it
/// is not in bytecode.
[[nodiscard]] const mp_obj_fun_bc_t* handler_at_its_start() noexcept;

/// Null if the running handler has not needed the heap. Valid while the handler runs.
[[nodiscard]] const bytecode::Explanation* why_heap_was_needed() noexcept;

/// Before each opcode of a handler.
void note_step(const bytecode::Step& step) noexcept;

/// The program goes to sleep. In a hard handler that a search runs, this is a failure, though nothing raises.
void note_sleep() noexcept;

}  // namespace heddle::host
