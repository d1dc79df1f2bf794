// Loops of an explored program that wait: a turn that changes nothing has to read something anew to get on.
#pragma once

#include <cstdint>
#include <vector>

#include "host/accesses.hpp"

namespace heddle::host {

/// Does the opcode jump back to the condition or the body of a `while` loop?
[[nodiscard]] bool ends_turn(const byte* ip) noexcept;

/// Is it a jump that depends on a value?
[[nodiscard]] bool branches(const byte* ip) noexcept;

/// One turn of a loop that a thread makes on trial, to be taken back: from one backward jump to the same one
/// in the same frame.
class LoopTrial {
  public:
    enum class Outcome : std::uint8_t {
        goes_on,
        waits,  ///< it wrote nothing shared and left the frame as it was: only reads() can change what comes
        works,  ///< it did, or was too long to know
    };

    void begin(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp);
    /// Before each opcode of the trial, with what it is about to touch.
    [[nodiscard]] Outcome step(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp,
                               const Accesses* accesses);

    [[nodiscard]] const std::vector<std::uint64_t>& reads() const noexcept { return reads_; }

  private:
    const mp_code_state_t* code_ = nullptr;
    const byte* ip_ = nullptr;
    std::uint64_t frame_ = 0;
    unsigned opcodes_ = 0;
    std::vector<std::uint64_t> reads_;
};

}  // namespace heddle::host
