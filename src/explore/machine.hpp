// What a search runs: a program whose contexts take steps one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "record/step.hpp"
#include "record/trace.hpp"

namespace heddle::explore {

using record::ContextId;
using record::kNoContext;
using record::Place;

using SnapshotId = std::uint32_t;

struct ContextState {
    bool enabled = false;   ///< run() may be called for it
    bool idles = false;     ///< enabled, in a loop that would do the same again: to leave it is no preemption
    bool sleeps = false;    ///< enabled, as time may pass for it: nor is that one
    bool due = false;       ///< enabled for something that another one's step may do instead of it
    bool finished = false;  ///< it needs nothing more: no deadlock if it stays as it is
    bool source = false;    ///< a source of interrupts: a step is one firing
    /// A source whose handler others could interrupt, wherever they are armed. Then each firing, of those
    /// others too, writes a place of its source.
    bool interruptible = false;
    /// Finished, though it could fire again: the bound on firings is what stops it. run() may be called for
    /// it where nobody is enabled, to see what the bound keeps from happening.
    bool capped = false;
    /// Its next step waits for a place that is taken: the place of `next`. So does a source that was disarmed
    /// before it had fired as often as it may, although it is finished.
    bool waits = false;
    /// A source that waits may wait for this place too.
    std::optional<Place> also_waits_for{};
    /// Whether `next` says what its next step does first. It does where the context waits.
    bool knows_next = false;
    record::Access next{};
    record::Source at = 0;  ///< where its next step stands in the program
};

/// A write of a place that a context had read before another one wrote it.
struct Replacement {
    Place place = 0;
    std::size_t first_read = 0;  ///< the event of the first read since the context last wrote it
    std::size_t last_read = 0;
    std::size_t replaced = 0;  ///< what the other one wrote
    std::size_t step = 0;      ///< the write
};

/// Runs one program, the same way for the same choices of contexts. Not thread-safe: each worker has its own.
class Machine {
  public:
    virtual ~Machine() = default;

    /// The initial state. Snapshots stay valid.
    virtual void reset() = 0;

    /// The state as it is, to come back to any number of times.
    [[nodiscard]] virtual SnapshotId take() = 0;
    virtual void restore(SnapshotId snapshot) = 0;
    virtual void drop(SnapshotId snapshot) = 0;
    /// The memory that a snapshot takes, in bytes.
    [[nodiscard]] virtual std::size_t bytes_of(SnapshotId snapshot) const = 0;

    /// All contexts that exist, by number. Valid until the next call of another method.
    [[nodiscard]] virtual std::span<const ContextState> contexts() = 0;

    /// One step. The record is valid until the next call of a method that is not const. Precondition: the
    /// context is enabled.
    virtual const record::StepRecord& run(ContextId context) = 0;

    /// Steps so far did not say all that they touch, and from the next reset() on they will if the machine is
    /// told so: a search has to begin anew.
    [[nodiscard]] virtual bool has_missed() const { return false; }

    /// Can the place change though no context writes it? Who waits for that waits for no one.
    [[nodiscard]] virtual bool changes_by_itself(Place /*place*/) const { return false; }

    /// Does what was written, or that it was, follow from what the context read there before `replaced`? The
    /// trace is one of this machine, from its initial state on. The machine stays where it is. What it cannot
    /// tell may follow.
    [[nodiscard]] virtual bool is_update(const record::Trace& /*trace*/, const Replacement& /*write*/) {
        return true;
    }
};

}  // namespace heddle::explore
