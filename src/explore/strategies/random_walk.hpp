// Each step any enabled context, each as likely.
#pragma once

#include "explore/strategies/sampler.hpp"

namespace heddle::explore {

class RandomWalk final : public Sampler {
  public:
    using Sampler::Sampler;

    [[nodiscard]] ContextId choose(const Execution& execution) override {
        return execution.enabled()[random().below(execution.enabled().size())];
    }
};

}  // namespace heddle::explore
