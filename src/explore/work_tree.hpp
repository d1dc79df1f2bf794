// What is left of a search by optimal DPOR whose parts are explored at the same time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "explore/strategies/subtree.hpp"

namespace heddle::explore {

/// The states in which more than one part has its beginning, and what is promised from each. Whoever explores
/// a part sends the sequences for these states here, and may give up at any time: then what it has not
/// explored becomes parts of their own. The number of executions that all parts have together is that of the
/// whole. Not thread-safe.
class WorkTree {
  public:
    using TaskId = std::uint32_t;
    struct Task {
        TaskId id;
        Subtree part;
    };

    /// What is left to do goes to a file above so many bytes; where that cannot be written,
    /// std::system_error.
    explicit WorkTree(std::size_t most_in_memory = SIZE_MAX);
    [[nodiscard]] bool is_spilled() const noexcept { return trees_.is_spilled(); }

    /// A part that can be explored now, or nothing for now; those near the root first.
    [[nodiscard]] std::optional<Task> take();
    [[nodiscard]] bool has_task() const noexcept { return !again_.empty() || !open_.empty(); }
    [[nodiscard]] bool has_begun() const noexcept { return next_task_ != 0; }
    /// Nothing is left, and nobody explores anything.
    [[nodiscard]] bool is_done() const noexcept { return tasks_.empty() && !has_task(); }

    /// What the strategy of a task said of the state after `length` moves of its prefix.
    void insert(TaskId task, std::size_t length, const DescribedSequence& sequence);
    void finish(TaskId task);
    /// As OptimalDpor::hand_over() gives them.
    void hand_over(TaskId task, const std::vector<OpenState>& states);
    /// Nobody explores it any more, and what was explored counts for nothing.
    void put_back(TaskId task);
    /// It is not to be explored.
    void give_up(TaskId task) { finish(task); }

    /// How much is done, from 0 to 1, an estimate. `of_task` says it of a part.
    [[nodiscard]] double explored(const std::function<double(TaskId)>& of_task) const;

  private:
    struct State {
        State* parent = nullptr;
        PlannedStep step;  // that leads here from the parent
        std::size_t length = 0;
        Sequence asleep;  // branches that were taken up included
        WakeupTrees::Node tree = WakeupTrees::kNone;
        std::vector<std::uint64_t> planned;
        std::vector<PlannedStep> busy;  // branches that are explored now, by tasks and from states below
        std::size_t branches_done = 0;
        std::set<TaskId> tasks;  // explored now
        std::vector<std::unique_ptr<State>> states;
    };
    struct Running {
        State* from = nullptr;  // null: all of the search
        PlannedStep step{};     // that leads from there
        Subtree part;
    };
    struct Nearer {
        bool operator()(const State* a, const State* b) const noexcept {
            return a->length != b->length ? a->length < b->length : a < b;
        }
    };

    [[nodiscard]] Task start(Running running);
    [[nodiscard]] Subtree take_branch(State& state);
    [[nodiscard]] DescribedStep path_step(const PlannedStep& step) const;
    [[nodiscard]] DescribedSequence path_to(const State& state) const;
    void note_open(State& state);
    [[nodiscard]] bool can_take(const State& state) const;
    State& add_state(State* parent, const PlannedStep& step, const OpenState& open);
    void branch_is_done(State* state, PlannedStep step);
    [[nodiscard]] double explored(const State& state, const std::function<double(TaskId)>& of_task) const;

    record::Shapes shapes_;
    Blocks blocks_;
    Names names_{shapes_, blocks_};
    WakeupTrees trees_;
    std::unique_ptr<State> root_;
    std::map<TaskId, Running> tasks_;
    std::vector<Running> again_;
    std::set<State*, Nearer> open_;  // whose next branch can be taken
    TaskId next_task_ = 0;
};

}  // namespace heddle::explore
