// The enabled context of the highest priority, which are random; at some random steps the one that is to run
// drops below all others. Finds a bug that takes `depth` such constraints with a probability that is known.
//
// Burckhardt, Kothari, Musuvathi, Nagarakatti: A randomized scheduler with probabilistic guarantees of
// finding bugs, ASPLOS 2010. The length of executions is the longest seen so far, from where there are two
// contexts.
#pragma once

#include <vector>

#include "explore/strategies/sampler.hpp"

namespace heddle::explore {

class Pct final : public Sampler {
  public:
    /// Precondition: the depth is at least 1.
    Pct(std::uint64_t seed, unsigned depth) : Sampler(seed), depth_(depth) {}

    [[nodiscard]] ContextId choose(const Execution& execution) override;
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;

  private:
    void begin();
    [[nodiscard]] ContextId highest(const Execution& execution);

    unsigned depth_;
    std::size_t longest_ = 1;
    std::size_t alone_ = 0;                  // steps of the first context before there was a second
    std::vector<std::size_t> changes_;       // steps at which a priority changes
    std::vector<std::uint64_t> priorities_;  // by context; below depth_: changed ones
};

}  // namespace heddle::explore
