// What the machine did in earlier executions, so that one which begins as they did need not be run from its
// beginning.
#pragma once

#include <cstdint>
#include <vector>

#include "explore/machine.hpp"
#include "record/trace.hpp"

namespace heddle::explore {

/// A tree of the steps that were run, and a place in it: the state of an execution for as long as all its
/// steps are known. Not thread-safe.
class KnownRuns {
  public:
    struct Step {
        record::Event event;
        std::vector<ContextState> states;  ///< after it
    };

    /// It grows up to about so many bytes; with 0 of them it knows nothing, ever.
    explicit KnownRuns(std::size_t most_bytes) noexcept : most_bytes_(most_bytes) {}

    [[nodiscard]] bool is_in_use() const noexcept { return most_bytes_ != 0; }
    /// To the initial state.
    void restart() noexcept {
        at_ = kRoot;
        added_ = 0;
    }
    /// Whether all steps since restart() are known.
    [[nodiscard]] bool knows_state() const noexcept { return at_ != kNone; }
    /// Goes on by a step of that context, if it is known; null: it is not, and the place stays. Valid until
    /// the next call of add().
    [[nodiscard]] const Step* follow(ContextId context) noexcept;
    /// The step that has been run instead: goes on by it, or to where nothing is known if there is no room.
    void add(const record::Event& event, const std::vector<ContextState>& states);
    /// To where nothing is known.
    void leave() noexcept { at_ = kNone; }

  private:
    using Node = std::uint32_t;
    static constexpr Node kRoot = 0;
    static constexpr Node kNone = UINT32_MAX;
    // Of one execution: what is near the beginning is met again, the rest of a long one hardly ever.
    static constexpr std::size_t kMostAdded = 32;

    struct Entry {
        Step step;
        Node child = kNone;
        Node sibling = kNone;
    };

    std::size_t most_bytes_;
    std::size_t bytes_ = 0;
    std::size_t added_ = 0;
    std::vector<Entry> entries_{Entry{}};
    Node at_ = kNone;
};

}  // namespace heddle::explore
