// Why a handler ran out of heap: the line, the construct that needed it, and the usual cure.
//
// Everything here reads the interpreter's state as it was when the allocation failed: it allocates nothing
// from MicroPython's heap, raises nothing, runs no Python, and may be called in a hard handler.
#pragma once

#include <cstddef>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/bc.h"
#include "py/objfun.h"
}

namespace heddle::bytecode {

/// What a frame was about to do: before the opcode at `ip` ran.
struct Step {
    /// Null: no bytecode ran at all.
    const mp_code_state_t* code;
    const byte* ip;
    /// The interpreter's own stack pointer, at the top item; code->sp is stale.
    const mp_obj_t* sp;
};

/// "led.py, line 12, in tick: a new list needs the heap. Make it once outside the handler", in its parts.
struct Explanation {
    /// Null if it is no line of Python.
    const char* file;
    std::size_t line;
    const char* function;
    /// A noun phrase of what needed the heap.
    char construct[104];
    /// A sentence without its full stop.
    const char* cure;
};

/// Explains the allocation that the opcode of `step` made. If that frame has ended, or another has begun,
/// since the step was recorded, the innermost frame of this thread is explained instead, with less detail.
Explanation explain(const Step& step) noexcept;

/// Explains an allocation that came before the handler's first opcode, by a call with so many arguments.
Explanation explain_entry(mp_obj_t handler, std::size_t arguments) noexcept;

/// Writes "a new list needs the heap. Make it once outside the handler".
void print_need(const Explanation& explanation, const mp_print_t* print) noexcept;

/// The same as a line without its end, after its place.
void print_explanation(const Explanation& explanation, const mp_print_t* print) noexcept;

/// Both: explains the step, and writes that.
void explain_allocation(const Step& step, const mp_print_t* print) noexcept;

}  // namespace heddle::bytecode
