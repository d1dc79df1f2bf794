// An end to code of an explored program that runs on without coming to a step.
#pragma once

#include <cstddef>
#include <cstdint>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/bc.h"
#include "py/objfun.h"
}

namespace heddle::program {

/// Counts opcodes, so that each run of a step ends at the same one. For the thread of the search and its
/// fibers.
class StepLimit {
  public:
    /// Precondition: not 0.
    void set(std::uint64_t most_opcodes) noexcept { most_opcodes_ = most_opcodes; }

    /// A step begins.
    void begin() noexcept {
        opcodes_ = 0;
        repeats_ = false;
    }

    /// Before each opcode. True: it is one too many.
    [[nodiscard]] bool count(const mp_code_state_t* code, const byte* ip) noexcept {
        function_ = code->fun_bc;
        ip_ = ip;
        ++opcodes_ever_;
        return ++opcodes_ > most_opcodes_;
    }

    /// Since begin(): the step has not ended by itself, and can never be resumed.
    [[nodiscard]] bool is_over() const noexcept { return repeats_ || opcodes_ > most_opcodes_; }

    /// The step would go on for ever.
    void end_endless() noexcept { repeats_ = true; }
    [[nodiscard]] bool is_endless() const noexcept { return repeats_; }

    /// Of the last opcode; null before the first.
    [[nodiscard]] const mp_obj_fun_bc_t* function() const noexcept { return function_; }
    [[nodiscard]] const byte* ip() const noexcept { return ip_; }

    /// Of all steps. Callable from a signal handler.
    [[nodiscard]] std::uint64_t opcodes_ever() const noexcept { return opcodes_ever_; }

  private:
    std::uint64_t most_opcodes_ = UINT64_MAX;
    std::uint64_t opcodes_ = 0;
    volatile std::uint64_t opcodes_ever_ = 0;
    const mp_obj_fun_bc_t* function_ = nullptr;
    const byte* ip_ = nullptr;
    bool repeats_ = false;
};

/// That of the process.
[[nodiscard]] StepLimit& step_limit() noexcept;

/// Where the program is, for a message: "FILE:LINE", or the script where nothing has run. Allocates nothing:
/// for signal handlers too.
void print_where(char* text, std::size_t bytes) noexcept;

/// From now on the process ends with status 3 and a line on standard error if code in C runs for too long: 10
/// seconds, or past `most_seconds` from now (0: no limit). Only what runs no opcode is ended so, as it can be
/// ended in no other way. Of this process alone, not of its children. Once a process.
void watch_for_endless_calls(double most_seconds) noexcept;

}  // namespace heddle::program
