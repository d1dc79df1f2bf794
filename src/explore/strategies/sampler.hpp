// What strategies that choose at random have in common.
#pragma once

#include "base/random.hpp"
#include "explore/strategy.hpp"

namespace heddle::explore {

/// Each execution begins anew; there is no last one.
class Sampler : public Strategy {
  public:
    explicit Sampler(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] std::optional<std::size_t> finish(Execution&) override { return 0; }

  protected:
    [[nodiscard]] Random& random() noexcept { return random_; }

  private:
    Random random_;
};

}  // namespace heddle::explore
