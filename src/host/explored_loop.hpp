// Loops of an explored program that wait: a turn that changes nothing has to read something anew to get on.
#pragma once

#include <cstdint>
#include <span>

#include "host/accesses.hpp"

namespace heddle::host {

/// Of one thread; in memory that snapshots cover. A turn is from one backward jump to the same one in the same
/// frame.
class LoopWatch {
  public:
    /// The thread is about to make these accesses.
    void note(const Accesses& accesses) noexcept;

    /// Before each opcode. True: it jumps back, and the turn that ends here wrote nothing shared, left the
    /// frame as it was, and read places(). What follows is a new turn.
    [[nodiscard]] bool turn_changed_nothing(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) noexcept;

    [[nodiscard]] std::span<const std::uint64_t> places() const noexcept { return {turn_, turn_count_}; }

  private:
    static constexpr std::size_t kMost = 12;

    const mp_code_state_t* code_;
    const byte* ip_;
    std::uint64_t frame_;
    std::uint64_t reads_[kMost];
    std::uint64_t turn_[kMost];
    std::uint8_t read_count_;
    std::uint8_t turn_count_;
    bool changed_;
};

}  // namespace heddle::host
