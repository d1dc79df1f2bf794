// A trace in moves: a step, or a handler from its beginning to its end with all that interrupts it.
#pragma once

#include <cstddef>
#include <vector>

#include "explore/block.hpp"
#include "explore/strategies/blocks.hpp"
#include "explore/strategies/wakeup_tree.hpp"
#include "record/trace.hpp"

namespace heddle::explore {

/// Follows one trace, event by event. Not thread-safe.
class Moves {
  public:
    explicit Moves(Blocks& blocks) noexcept : blocks_(blocks) {}

    /// Before the first event of a search: the moves have their shapes in common with the trace.
    void start(const record::Trace& trace) {
        moves_ = trace;
        keep(0);
    }
    /// The last event of `trace` is the next one. Whether a move ended with it.
    bool push(const record::Trace& trace);
    /// The execution ends in the middle of a move: that is all of it. Precondition: is_open().
    void close(const record::Trace& trace);
    /// Only the first `count` moves stay.
    void keep(std::size_t count);

    /// The moves as events: of the context that begins them, with all that their steps touch.
    [[nodiscard]] const record::Trace& trace() const noexcept { return moves_; }
    [[nodiscard]] std::size_t size() const noexcept { return moves_.size(); }
    /// The event of the trace with which a move begins.
    [[nodiscard]] std::size_t begin_of(std::size_t move) const noexcept { return begins_[move]; }
    [[nodiscard]] PlannedStep planned(std::size_t move) const noexcept {
        return {moves_[move].context, moves_[move].shape, ids_[move]};
    }
    /// In the middle of a move.
    [[nodiscard]] bool is_open() const noexcept { return !block_.is_closed(); }

  private:
    Blocks& blocks_;
    record::Trace moves_;
    std::vector<std::size_t> begins_;  // by move, and of the open one
    std::vector<BlockId> ids_;         // by move
    BlockWriter block_;                // of the latest move
};

}  // namespace heddle::explore
