// Each step that is next in its context has a random priority, and the highest one runs; those in conflict
// with it draw anew, so that their orders come out more evenly than in a random walk.
//
// Yuan, Yang, Gu: Partial order aware concurrency sampling, CAV 2018. A step whose first access is not known
// ahead counts as in conflict.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "explore/strategies/sampler.hpp"

namespace heddle::explore {

class Pos final : public Sampler {
  public:
    using Sampler::Sampler;

    [[nodiscard]] ContextId choose(const Execution& execution) override {
        return choose_among(execution, [](ContextId) { return true; });
    }
    /// Of the enabled contexts that are `welcome`, if there is one, else of all.
    template <class Welcome>
    [[nodiscard]] ContextId choose_among(const Execution& execution, Welcome&& welcome) {
        draw(execution);
        return *std::ranges::max_element(execution.enabled(), {}, [&](ContextId context) {
            return std::pair(welcome(context), priorities_[context]);
        });
    }
    void ran(const Execution& execution) override;

  private:
    void draw(const Execution& execution);

    std::vector<std::uint64_t> priorities_;  // by context, of its next step; 0: none yet
};

}  // namespace heddle::explore
