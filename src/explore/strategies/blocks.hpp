// The steps of moves that take more than one, kept once.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "record/trace.hpp"

namespace heddle::explore {

/// 0: a step, or a handler that nothing interrupts, in one step or in several.
using BlockId = std::uint32_t;
inline constexpr BlockId kPlain = 0;

/// Grows only. Not thread-safe.
class Blocks {
  public:
    /// `contexts`: of the steps of a handler and of all that interrupts it; empty for kPlain.
    [[nodiscard]] BlockId id_of(const record::Schedule& contexts) {
        const auto [known, is_new] = ids_.try_emplace(contexts, static_cast<BlockId>(blocks_.size()));
        if (is_new) {
            blocks_.push_back(contexts);
        }
        return known->second;
    }
    [[nodiscard]] const record::Schedule& operator[](BlockId block) const noexcept { return blocks_[block]; }

  private:
    std::vector<record::Schedule> blocks_{{}};
    std::map<record::Schedule, BlockId> ids_{{{}, kPlain}};
};

}  // namespace heddle::explore
