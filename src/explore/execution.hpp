// An execution as far as it has got, and the way back to earlier points of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "explore/gauges.hpp"
#include "explore/known_runs.hpp"
#include "explore/machine.hpp"
#include "explore/ways.hpp"
#include "record/trace.hpp"

namespace heddle::explore {

using record::Finding;
using record::Schedule;
using record::Trace;

/// What becomes of a context whose turn of a loop wrote nothing and changed nothing.
enum class Awaits : std::uint8_t {
    wake,  ///< it goes on when something that the turn read is written
    /// It never goes on. A search that turns races round meets the execution in which the turn comes later;
    /// this one is a part of it and counts for nothing.
    stay,
};

struct ExecutionOptions {
    Awaits awaits = Awaits::wake;
    bool snapshots = true;         ///< else every way back is a run from the initial state
    std::size_t snapshot_gap = 4;  ///< steps between two snapshots, at least
    std::size_t most_snapshots = 4096;
    std::size_t most_snapshot_bytes = SIZE_MAX;  ///< for all of them
    /// For what is known of earlier executions after restart(): steps that were run then are not run again.
    /// 0: all are. Precondition: 0 without snapshots.
    std::size_t most_known_bytes = 0;
    Gauges* gauges = nullptr;  ///< told of each step that is run, if there are any
};

struct Ending {
    bool blocked = false;  ///< somebody waits for ever
    bool partial = false;  ///< see Awaits::stay
    bool bounded = false;  ///< who waits would go on if a source of interrupts fired more often than it may,
                           ///< or if a place changed that can do so by itself
    std::vector<Finding> findings;
};

/// Owns nothing of the machine but its snapshots. Not thread-safe.
class Execution {
  public:
    Execution(Machine& machine, const ExecutionOptions& options);
    ~Execution();
    Execution(const Execution&) = delete;
    Execution& operator=(const Execution&) = delete;

    [[nodiscard]] const Trace& trace() const noexcept { return trace_; }
    [[nodiscard]] Trace& trace() noexcept { return trace_; }
    [[nodiscard]] std::span<const ContextState> contexts() const noexcept { return states_; }
    /// Contexts that can take the next step, by number.
    [[nodiscard]] std::span<const ContextId> enabled() const noexcept { return enabled_; }
    [[nodiscard]] bool is_enabled(ContextId context) const noexcept;
    /// It could go on, in a loop whose next turn would be as the last one.
    [[nodiscard]] bool is_awaiting(ContextId context) const noexcept;
    /// Can only those go on who do nothing but wake up? Then it makes no difference for whom time passes
    /// first.
    [[nodiscard]] bool all_wake_up() const noexcept;
    /// What went wrong in the steps of the trace, by the length of the trace before the step.
    struct Failure {
        std::size_t step;
        Finding finding;
    };
    [[nodiscard]] std::span<const Failure> failures() const noexcept { return failures_; }
    /// The last step did not come to its end: nobody can go on.
    [[nodiscard]] bool is_cut() const noexcept;
    /// It would never come to its end: a livelock.
    [[nodiscard]] bool is_endless() const noexcept;
    /// Steps that the machine has run, repeated ones included.
    [[nodiscard]] std::uint64_t steps_run() const noexcept { return steps_run_; }
    /// There was one with the same steps before: none has been run.
    [[nodiscard]] bool is_repeated() const noexcept { return is_behind_ && !trace_.empty(); }

    /// Runs one step. Precondition: the context is enabled.
    void run(ContextId context);
    /// Notes the step with what is known of it, and does not run it: the execution ends with it.
    /// Precondition: the context is enabled.
    void end_with(ContextId context);
    /// Back to the state after the first `length` steps. False: the machine did something else than the first
    /// time, and the trace ends there. Precondition: the trace is as long.
    [[nodiscard]] bool go_back(std::size_t length);
    /// Back to the initial state, to run what comes.
    void restart();

    /// What the last of `contexts` touches, if they run one after the other from the state after the first
    /// `length` steps, as blocks but for the last one. Nothing: one of them cannot run. Afterwards only
    /// go_back() and restart() bring the machine to a state of this trace.
    [[nodiscard]] std::optional<record::ShapeId> shape_after(std::size_t length,
                                                             std::span<const ContextId> contexts);
    /// In the same way, where others may interrupt the last one: all that it can come to, the plain way
    /// first. Empty: one of them cannot run.
    [[nodiscard]] std::vector<Way> ways_after(std::size_t length, std::span<const ContextId> contexts);

    /// What the end means. Precondition: no context is enabled. The machine is as it was afterwards.
    [[nodiscard]] Ending ending();

  private:
    struct Snapshot {
        std::size_t length;
        SnapshotId id;
        std::size_t bytes;
    };
    struct Await {
        std::size_t step;
        std::vector<Place> places;
    };

    // Step `step` wrote `place`, which it waited for, and could not have come before the turn.
    struct Woken {
        std::size_t step;
        ContextId context;
        Place place;
        Await await;
    };

    void look();
    void list_enabled();
    void begin_as_known();
    void catch_up();
    [[nodiscard]] bool can_run(ContextId context);
    [[nodiscard]] ContextId innermost_handler();
    [[nodiscard]] std::optional<std::size_t> run_others(std::size_t length,
                                                        std::span<const ContextId> contexts);
    const record::StepRecord& run_machine(std::size_t length, ContextId context);
    void keep(std::size_t length);
    void restore_before(std::size_t length);
    void maybe_take();
    void take();
    void drop(const Snapshot& snapshot);
    void thin_out();
    void note_await(ContextId context, std::span<const Place> places);
    void wake_waiting();
    [[nodiscard]] bool is_written_since(ContextId context, const Await& await);
    [[nodiscard]] bool is_written_by_last(ContextId context, const Await& await) const;
    void wake_for_good();
    [[nodiscard]] std::optional<std::size_t> last_touch(ContextId context, std::size_t step,
                                                        record::PlaceIndex place);
    [[nodiscard]] bool was_time_passed_since(std::size_t step) const;
    [[nodiscard]] const Place* woken_by(ContextId context) const;
    [[nodiscard]] record::Event event_of(ContextId context, const record::StepRecord& step);
    [[nodiscard]] bool bound_stops_it();
    [[nodiscard]] std::vector<Place> awaited_places() const;
    [[nodiscard]] bool is_written_after(std::size_t step, ContextId reader, record::PlaceIndex place) const;

    Machine& machine_;
    ExecutionOptions options_;
    Trace trace_;
    std::vector<ContextState> states_;
    std::vector<ContextId> enabled_;
    std::vector<Failure> failures_;
    std::vector<Snapshot> snapshots_;  // by length, the longest last
    std::size_t snapshot_bytes_ = 0;
    std::vector<std::optional<Await>> awaits_;
    std::vector<std::size_t> time_steps_;  // after which the time was another one
    std::vector<Woken> woken_;             // with Awaits::stay, by step
    // So many first steps of a context do not touch the place.
    std::map<std::pair<ContextId, record::PlaceIndex>, std::size_t> untouched_;
    std::vector<record::Access> accesses_;
    KnownRuns known_;
    std::vector<ContextState> first_states_;
    bool is_behind_ = false;  // the machine has not run the steps of the trace
    std::size_t waiting_ = 0;
    std::uint64_t steps_run_ = 0;
};

}  // namespace heddle::explore
