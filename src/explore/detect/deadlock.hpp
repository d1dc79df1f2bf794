// Who waits for what, and who has it.
#pragma once

#include <span>
#include <vector>

#include "explore/machine.hpp"
#include "record/trace.hpp"

namespace heddle::explore::detect {

struct Wait {
    ContextId context = kNoContext;
    record::Source at = 0;          ///< where it waits
    Place place = 0;                ///< for what; 0 with `holder` kNoContext: for something that is no place
    ContextId holder = kNoContext;  ///< who took it last; a thread that has ended, too
    record::Source taken_at = 0;    ///< where
};

/// All contexts that wait at the end of the trace, by number. Sources of interrupts are none.
[[nodiscard]] std::vector<Wait> find_waits(const record::Trace& trace,
                                           std::span<const ContextState> contexts);

/// The part of `waits` in which each one's holder is the next one's context, and the last one's holder the
/// first one's context; the smallest `at` first. Empty if there is no such part.
[[nodiscard]] std::vector<Wait> find_cycle(std::span<const Wait> waits);

/// A finding that is the same for each execution that ends in this deadlock: of the cycle's first wait, else
/// of the one with the smallest `at`. Precondition: a context waits.
[[nodiscard]] record::Finding deadlock_finding(const record::Trace& trace,
                                               std::span<const ContextState> contexts);

}  // namespace heddle::explore::detect
