// Hard handlers of an explored program, on the fiber of interrupts. A handler is one block, or stops before
// each opcode that touches something; then another may run on top of it. Only program/*.cpp include
// this.
#pragma once

#include <functional>
#include <vector>

#include "board/interrupt_controller.hpp"
#include "program/accesses.hpp"

extern "C" {
#include "py/objfun.h"
}

namespace heddle::program {

/// Until the handler stopped or was over.
struct Firing {
    const mp_obj_fun_bc_t* function = nullptr;  ///< where it began; null: no bytecode ran
    const byte* ip = nullptr;
    bool branched = false;  ///< what it touches depends on what it has read
};

/// Could another source interrupt the handler now? It may arm one itself: from then on it stops.
using Splits = std::function<bool()>;

/// The line fires, on top of the handler that has stopped, if there is one. Adds what is touched to
/// `touched`.
Firing fire(board::SourceId line, const Splits& splits, std::vector<Access>& touched);

/// The handler that has stopped goes on.
Firing go_on(std::vector<Access>& touched);

/// On the fiber of a thread: the handlers of lines that its last opcode has raised run, each a block.
void serve_raised(std::vector<Access>& touched);

/// Does a handler run? Then tick_handler() is to be called before each opcode.
[[nodiscard]] bool in_handler() noexcept;
void tick_handler(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp);

}  // namespace heddle::program
