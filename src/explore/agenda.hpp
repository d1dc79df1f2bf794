// The tasks of which a search consists, in the order in which workers are to do them.
#pragma once

#include <memory>

#include "explore/parallel_search.hpp"
#include "explore/search_task.hpp"

namespace heddle::explore {

using TaskNumber = std::uint32_t;

/// Not thread-safe.
class Agenda {
  public:
    struct Item {
        TaskNumber number;
        SearchTask task;
    };

    virtual ~Agenda() = default;

    /// Nothing: not now.
    [[nodiscard]] virtual std::optional<Item> next() = 0;
    [[nodiscard]] virtual bool is_done() const = 0;
    /// Whether it would have more tasks if one that is done now were given up.
    [[nodiscard]] virtual bool wants_parts() const { return false; }

    virtual void on_sequence(TaskNumber, std::size_t, const DescribedSequence&) {}
    virtual void on_end(TaskNumber number, const TaskEnd& end) = 0;
    /// It is to be done anew.
    virtual void put_back(TaskNumber number) = 0;
    /// It is not to be done.
    virtual void give_up(TaskNumber number) = 0;
    /// An error was found in it, which is to end the search. False: the agenda has to be done first, as far
    /// as it goes now.
    [[nodiscard]] virtual bool ends_at_error(TaskNumber) { return true; }

    /// Of the tasks that have ended.
    [[nodiscard]] virtual Statistics statistics() const = 0;
    /// Whether what is done in this task belongs to the statistics, and to the budget of executions.
    [[nodiscard]] virtual bool counts(TaskNumber) const { return true; }
    /// Whether a finding of this task belongs to the result.
    [[nodiscard]] virtual bool has_finding(TaskNumber) const { return true; }
    /// Whether all has been explored, once it is done.
    [[nodiscard]] virtual bool is_complete() const = 0;
    /// How much is done, from 0 to 1, an estimate; nothing: not known. `of_task` says it of one.
    [[nodiscard]] virtual std::optional<double> explored(
        const std::function<double(TaskNumber)>& of_task) const = 0;
};

[[nodiscard]] std::unique_ptr<Agenda> make_agenda(const ParallelOptions& options);

}  // namespace heddle::explore
