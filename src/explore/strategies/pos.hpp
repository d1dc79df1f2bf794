// Each step that is next in its context has a random priority, and the highest one runs; those in conflict
// with it draw anew, so that their orders come out more evenly than in a random walk.
//
// Yuan, Yang, Gu: Partial order aware concurrency sampling, CAV 2018. A step whose first access is not known
// ahead counts as in conflict.
#pragma once

#include <vector>

#include "explore/strategies/sampler.hpp"

namespace heddle::explore {

class Pos final : public Sampler {
  public:
    using Sampler::Sampler;

    [[nodiscard]] ContextId choose(const Execution& execution) override;
    void ran(const Execution& execution) override;

  private:
    std::vector<std::uint64_t> priorities_;  // by context, of its next step; 0: none yet
};

}  // namespace heddle::explore
