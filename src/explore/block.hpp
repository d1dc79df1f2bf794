// A move in words: a step, or a handler from its beginning to its end with all that interrupts it.
#pragma once

#include <span>
#include <vector>

#include "record/trace.hpp"

namespace heddle::explore {

using record::ContextId;
using record::Schedule;

/// Each context that begins a step or a handler stands before its kToEnd. Between the two are its further
/// steps, up to the last one before which another handler interrupts it, and those handlers. What comes after
/// that is left out: whether a handler runs in one step or in several says nothing of what it does.
using Block = Schedule;

/// The handler that has begun last goes on to its end.
inline constexpr ContextId kToEnd = record::kNoContext;

/// Writes down what runs.
class BlockWriter {
  public:
    void add(ContextId context, bool begins, bool ends);
    [[nodiscard]] const Block& block() const noexcept { return block_; }
    /// No handler has begun and not ended.
    [[nodiscard]] bool is_closed() const noexcept { return open_.empty(); }
    /// The context that came first, and what was not interrupted.
    [[nodiscard]] bool is_plain() const noexcept { return block_.size() == 2 && is_closed(); }

  private:
    struct Handler {
        ContextId context;
        std::size_t kept;  // of the block: what comes after that may be left out
    };

    Block block_;
    std::vector<Handler> open_;
};

/// Says what is to run next, one block after the other.
class BlockReader {
  public:
    explicit BlockReader(Schedule blocks = {}) noexcept : blocks_(std::move(blocks)) {}

    /// kToEnd: the innermost handler.
    [[nodiscard]] ContextId next() const noexcept { return blocks_[at_]; }
    [[nodiscard]] bool is_over() const noexcept { return at_ == blocks_.size(); }
    /// A step of next() has run.
    void ran(bool begins, bool ends);

  private:
    struct Handler {
        ContextId context;
        bool is_open;  // it did not run in one step
    };

    void skip_ends();

    Schedule blocks_;
    std::size_t at_ = 0;
    std::vector<Handler> open_;
};

}  // namespace heddle::explore
