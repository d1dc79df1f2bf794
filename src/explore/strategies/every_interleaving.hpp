// Every order of steps, equivalent or not: what the reductions are held against. For tests, and tiny
// programs.
#pragma once

#include <vector>

#include "explore/strategy.hpp"

namespace heddle::explore {

class EveryInterleaving final : public Strategy {
  public:
    [[nodiscard]] Awaits awaits() const noexcept override { return Awaits::stay; }
    [[nodiscard]] ContextId choose(const Execution& execution) override;
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;
    [[nodiscard]] bool is_complete() const noexcept override { return true; }

  private:
    std::vector<std::vector<ContextId>> left_;  // of each state on the way
};

}  // namespace heddle::explore
