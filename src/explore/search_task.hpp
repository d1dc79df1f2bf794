// A part of a search that one worker does at a stretch, and what comes of it.
#pragma once

#include "explore/message.hpp"
#include "explore/search.hpp"

namespace heddle::explore {

enum class TaskKind : std::uint8_t {
    simplest_first,  ///< few preemptions first, for findings: the counts are those of other tasks
    part,            ///< by optimal DPOR
    bounded,         ///< all within a bound of preemptions
    samples,
};

struct SearchTask {
    TaskKind kind = TaskKind::part;
    std::uint64_t most_executions = UINT64_MAX;
    std::uint64_t seed = 0;  ///< of samples
    Subtree part{};
    std::vector<Schedule> crashes{};
};

/// What a worker says while it works, and at the end of a task.
enum class NewsKind : std::uint8_t { finding, lesson, sequence, end };

struct TaskEnd {
    Statistics statistics;
    EndedBy ended_by = EndedBy::completion;
    bool complete = false;
    bool diverged = false;
    bool missed = false;
    std::vector<OpenState> left{};
};

struct News {
    NewsKind kind = NewsKind::end;
    FoundSchedule found{};   ///< of a finding; of a lesson, its schedule
    std::size_t length = 0;  ///< of a sequence: how many steps of the prefix come before
    DescribedSequence sequence{};
    TaskEnd end{};
};

[[nodiscard]] std::string write_task(const SearchTask& task);
[[nodiscard]] SearchTask read_task(const std::string& message);
void write_news(MessageWriter& writer, const News& news);
[[nodiscard]] News read_news(MessageReader& reader);

}  // namespace heddle::explore
