// Whether a write that replaces what another context has written is an update: whether it follows from what
// its context had read there before.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "explore/machine.hpp"

namespace heddle::program {

/// Not thread-safe. Each process has its own.
class Updates {
  public:
    /// Runs the trace again, from the machine's initial state up to the write, and watches; then the machine
    /// is where it was. It runs nothing if it knows the answer. Where it cannot tell, yes. Unless
    /// `is_ordered`, others have done nothing since the last read that they could not have done before it:
    /// then it is none where they wrote the value that was read.
    [[nodiscard]] bool is_one(explore::Machine& machine, const record::Trace& trace,
                              const explore::Replacement& write, bool is_ordered);

  private:
    struct Answer {
        bool is_update = false;
        unsigned runs = 0;
    };

    std::unordered_map<std::uint64_t, Answer>
        answers_;  // by what the context did from the reads to the write
};

}  // namespace heddle::program
