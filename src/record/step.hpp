// One step of a context, as the machine that ran it tells it.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>

#include "record/access.hpp"

namespace heddle::record {

/// A thread, or one source of interrupts. Numbered from 0 in order of creation; a context keeps its number in
/// every execution that has the step which created it, whatever else ran before. Where a machine cannot
/// promise that, its steps that create conflict with each other.
using ContextId = std::uint16_t;

inline constexpr ContextId kNoContext = std::numeric_limits<ContextId>::max();

enum class FindingKind : std::uint8_t {
    exception,
    assertion,
    deadlock,
    lost_update,
    lock_misuse,
    isr_alloc,
    isr_block,
    livelock,
    step_limit,
    data_race,
    lock_order,
};

enum class Severity : std::uint8_t { error, warning };

/// Where in the program: the machine's own number for it, 0 for nowhere.
using Source = std::uint32_t;

struct Finding {
    FindingKind kind = FindingKind::exception;
    ContextId context = kNoContext;  ///< in which it happened
    ContextId other = kNoContext;    ///< the second party, if it has one
    Source source = 0;
    Source other_source = 0;
    Place place = 0;
    std::optional<Severity> severity{};  ///< nothing: that of its kind

    /// The same mistake of the program, whoever made it and in whichever execution.
    [[nodiscard]] bool same_as(const Finding& that) const noexcept {
        return kind == that.kind && source == that.source && other_source == that.other_source &&
               severity == that.severity;
    }
};

/// A step is one visible operation of a context and all that follows it up to before the next one. A handler
/// of an interrupt is one step, if others cannot interrupt it.
struct StepRecord {
    std::span<const Access> accesses;  ///< in the order in which they happened
    ContextId started = kNoContext;    ///< the context that the step created: its steps come after this one
    ContextId more_started = 0;        ///< so many more, with the numbers that come next
    Source source = 0;
    /// What it touches, and in which modes, follows from the steps of its context before. Not so in a handler
    /// that branches on what it reads, fails or chooses a place by it, nor in a try of a lock, which takes
    /// the lock or only reads it. Where a thread ends may follow from what it reads all the same.
    bool fixed = true;
    /// Somebody else's step may keep it waiting, and then its context can be interrupted: where it is asked
    /// for earlier, there may be nothing that it could do.
    bool may_wait = false;
    bool is_firing = false;  ///< of an interrupt
    bool is_masked = false;  ///< no interrupt can come between what it touches
    /// Nor can another thread: two such steps keep each other out.
    bool keeps_threads_out = false;
    /// The step begins a handler that others can interrupt, and leaves it before its end. Up to the step that
    /// ends it come only its own, and handlers that interrupt it.
    bool begins_handler = false;
    bool ends_handler = false;
    /// What it writes to a place replaces what is there, whatever that is. Not so where it looks at that
    /// first: then nothing is lost.
    bool replaces = true;
    /// The step ended a turn of a loop that wrote nothing, and that has to read one of these places anew to
    /// get on.
    std::span<const Place> awaits;
    const Finding* finding = nullptr;  ///< what went wrong in it
};

}  // namespace heddle::record
