// The interrupt controller of one core: which handler runs next, and what happened to the ones that could
// not.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>

namespace heddle::board {

/// A line into the controller: a timer, a pin, anything that raises.
using SourceId = std::uint16_t;

inline constexpr SourceId kNoSource = UINT16_MAX;

/// The lower, the more urgent.
using Priority = std::uint8_t;

/// Always: raised = entered + merged + cleared + (1 if pending).
struct SourceCounters {
    std::uint64_t raised = 0;   ///< while it was enabled
    std::uint64_t entered = 0;  ///< left the pending state by enter()
    std::uint64_t merged = 0;   ///< raised while it was pending: there is one pending bit
    std::uint64_t cleared = 0;  ///< withdrawn before a handler ran
    std::uint64_t ignored = 0;  ///< raised while it was disabled
    std::uint64_t delayed = 0;  ///< could not enter when it became pending: masked, or no more urgent
    // Said by those who run handlers.
    std::uint64_t dropped = 0;   ///< entered, but the queue was full in which its handler waits its turn
    std::uint64_t deferred = 0;  ///< its handler put the work off, because main code was at it
};

/// What mask() found, for restore().
class MaskState {
  public:
    /// For an interface that hands the state out as a number.
    explicit constexpr MaskState(bool masked) noexcept : masked_(masked) {}
    [[nodiscard]] constexpr bool masked() const noexcept { return masked_; }

  private:
    bool masked_;
};

/// Not thread-safe: for the holder of the run token. Nothing waits or allocates, and the whole state lies in
/// the object, without a pointer: a copy of it is a snapshot.
///
/// | method         | thread | interrupt handler     |
/// |----------------|--------|-----------------------|
/// | enter          | yes    | yes, for a nested one |
/// | leave          | no     | when it is over       |
/// | all others     | yes    | yes                   |
///
/// The controller runs nothing. Who does asks next() whenever something could have changed (a raise,
/// restore(), enable(), leave()), and brackets the handler with enter() and leave().
///
/// A source is pending from its raise until its handler is entered; it can be pending again while that runs.
/// Its handler may enter if the source is enabled, nothing is masked, and its priority is strictly more
/// urgent than that of the active handler; no handler interrupts itself. Of several the most urgent comes
/// first, among equals the one that was added first.
class InterruptController {
  public:
    static constexpr std::size_t kMostSources = 256;

    /// A new source, disabled; kNoSource when all are taken.
    [[nodiscard]] SourceId add(Priority priority) noexcept;

    /// Counts from the source's next entry.
    void set_priority(SourceId source, Priority priority) noexcept;
    [[nodiscard]] Priority priority(SourceId source) const noexcept { return at(source).priority; }

    /// A raise of a disabled source is lost. One that is pending when it is disabled stays so.
    void enable(SourceId source) noexcept;
    void disable(SourceId source) noexcept;
    [[nodiscard]] bool is_enabled(SourceId source) const noexcept;

    /// `times`: so many at once. Precondition: at least one.
    void raise(SourceId source, std::uint64_t times = 1) noexcept;
    /// Withdraws a raise whose handler has not been entered. False if there was none.
    bool clear(SourceId source) noexcept;
    [[nodiscard]] bool is_pending(SourceId source) const noexcept;

    /// Keeps every handler from entering. Nests by the states that it returns.
    [[nodiscard]] MaskState mask() noexcept;
    /// As it was at the mask() that returned `state`. What became pending meanwhile may enter now.
    void restore(MaskState state) noexcept { masked_ = state.masked(); }
    [[nodiscard]] bool is_masked() const noexcept { return masked_; }

    /// Would the source's handler enter now if it were raised?
    [[nodiscard]] bool may_enter(SourceId source) const noexcept;
    /// The pending source whose handler enters now; kNoSource if none may.
    [[nodiscard]] SourceId next() const noexcept;

    /// The source's handler begins, on top of what is active. Precondition: it is pending and may enter.
    void enter(SourceId source) noexcept;
    /// The active handler is over; what it interrupted goes on. Precondition: there is one.
    void leave() noexcept;
    /// The source whose handler runs; kNoSource in a thread.
    [[nodiscard]] SourceId active() const noexcept { return active_; }
    /// Does the source's handler run, or wait for one that interrupted it?
    [[nodiscard]] bool has_active_handler(SourceId source) const noexcept;

    void note_dropped(SourceId source) noexcept { ++at(source).counters.dropped; }
    void note_deferred(SourceId source) noexcept { ++at(source).counters.deferred; }

    [[nodiscard]] const SourceCounters& counters(SourceId source) const noexcept {
        return at(source).counters;
    }
    /// Sources are 0 to sources() - 1.
    [[nodiscard]] std::size_t sources() const noexcept { return count_; }

  private:
    using Set = std::bitset<kMostSources>;

    struct Source {
        Priority priority = 0;
        Priority entered_priority = 0;     // while it is active
        SourceId interrupted = kNoSource;  // while it is active: what was before
        SourceCounters counters;
    };

    [[nodiscard]] Source& at(SourceId source) noexcept;
    [[nodiscard]] const Source& at(SourceId source) const noexcept;
    [[nodiscard]] int active_priority() const noexcept;

    std::array<Source, kMostSources> sources_{};
    std::size_t count_ = 0;
    Set pending_;
    Set enabled_;
    SourceId active_ = kNoSource;
    bool masked_ = false;
};

/// Interrupts are masked while this lives. Not for a frame that a raised exception can cross: its jump skips
/// destructors.
class [[nodiscard]] Masked {
  public:
    explicit Masked(InterruptController& interrupts) noexcept
        : interrupts_(interrupts), state_(interrupts.mask()) {}
    ~Masked() { interrupts_.restore(state_); }
    Masked(const Masked&) = delete;
    Masked& operator=(const Masked&) = delete;

  private:
    InterruptController& interrupts_;
    MaskState state_;
};

}  // namespace heddle::board
