// What a running search shows of itself, and the word that ends it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "record/trace.hpp"

namespace heddle::explore {

struct Statistics {
    std::uint64_t executions = 0;  ///< that came to their end
    std::uint64_t blocked = 0;     ///< in which somebody waits for ever
    std::uint64_t redundant = 0;   ///< cut short, as a part of one that was seen
    std::uint64_t partial =
        0;                  ///< in which a loop waits for what the execution wrote too late: see Awaits::stay
    std::uint64_t cut = 0;  ///< of more than `most_steps`
    std::uint64_t failed = 0;  ///< of all these: in which a step or the end was an error
    std::uint64_t steps = 0;   ///< that the machine ran, repeated ones included
    double seconds = 0;

    /// Those that a budget of executions is for.
    [[nodiscard]] std::uint64_t counted() const noexcept { return executions + blocked + cut; }
    /// Where no execution has come to an end, nothing is known of one.
    [[nodiscard]] bool has_end() const noexcept { return executions + blocked != 0; }
    /// All but the time.
    void add(const Statistics& more) noexcept;
};

/// Why a process that has not crashed ends in the middle of its work.
enum class LastWord : std::uint8_t {
    none,
    fault,
    no_memory,
    refused,  ///< by the system: room in a file, or the like
};

/// One process runs the search and writes, others watch: it may lie in memory that they share. Each member
/// may be read at any time, but for the schedule, which says something once the writer has died or has ended.
class Gauges {
  public:
    static constexpr std::size_t kMostSteps = std::size_t{1} << 20;

    // ---- for the search

    /// Before a step: the machine has run so many others, and it is to run `context` now.
    void note_step(std::size_t length, record::ContextId context) noexcept {
        if (length < kMostSteps) {
            schedule_[length] = context;
            length_.store(length + 1, std::memory_order_relaxed);
        }
    }
    void note(const Statistics& done, std::size_t depth) noexcept;
    void note_explored(double share) noexcept { explored_.store(share, std::memory_order_relaxed); }
    /// The rest of a long sentence is left out.
    void note_end(LastWord why, std::string_view sentence) noexcept;
    [[nodiscard]] bool must_stop() const noexcept { return stop_.load(std::memory_order_relaxed); }
    [[nodiscard]] bool must_hand_over() const noexcept { return hand_over_.load(std::memory_order_relaxed); }

    // ---- for who watches

    /// Nothing is done yet.
    void clear() noexcept;
    void stop() noexcept { stop_.store(true, std::memory_order_relaxed); }
    /// After this execution.
    void ask_to_hand_over() noexcept { hand_over_.store(true, std::memory_order_relaxed); }
    [[nodiscard]] Statistics statistics() const noexcept;
    [[nodiscard]] std::size_t depth() const noexcept { return depth_.load(std::memory_order_relaxed); }
    /// From 0 to 1, an estimate.
    [[nodiscard]] double explored() const noexcept { return explored_.load(std::memory_order_relaxed); }
    /// The steps that the machine has run since its initial state, the one that it runs included.
    [[nodiscard]] std::span<const record::ContextId> schedule() const noexcept {
        return {schedule_, length_.load(std::memory_order_relaxed)};
    }
    /// Once the writer has died.
    [[nodiscard]] LastWord last_word() const noexcept { return last_word_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::string_view last_sentence() const noexcept { return last_sentence_; }

  private:
    std::atomic<bool> stop_{false};
    std::atomic<bool> hand_over_{false};
    std::atomic<std::uint64_t> executions_{0};
    std::atomic<std::uint64_t> blocked_{0};
    std::atomic<std::uint64_t> redundant_{0};
    std::atomic<std::uint64_t> partial_{0};
    std::atomic<std::uint64_t> cut_{0};
    std::atomic<std::uint64_t> failed_{0};
    std::atomic<std::uint64_t> steps_{0};
    std::atomic<std::size_t> depth_{0};
    std::atomic<double> explored_{0};
    std::atomic<std::size_t> length_{0};
    std::atomic<LastWord> last_word_{LastWord::none};
    char last_sentence_[256]{};
    record::ContextId schedule_[kMostSteps]{};
};

}  // namespace heddle::explore
