// Several strategies in turn, an execution each: no single one finds every bug soon.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "explore/strategies/sampler.hpp"

namespace heddle::explore {

class Rotation final : public Strategy {
  public:
    /// Precondition: there is at least one.
    explicit Rotation(std::vector<std::unique_ptr<Sampler>> samplers) : samplers_(std::move(samplers)) {}

    [[nodiscard]] ContextId choose(const Execution& execution) override {
        return current().choose(execution);
    }
    void ran(const Execution& execution) override { current().ran(execution); }
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override {
        const std::optional<std::size_t> kept = current().finish(execution);
        turn_ = (turn_ + 1) % samplers_.size();
        return kept;
    }

  private:
    [[nodiscard]] Sampler& current() noexcept { return *samplers_[turn_]; }

    std::vector<std::unique_ptr<Sampler>> samplers_;
    std::size_t turn_ = 0;
};

/// What `--search random` uses: POS, PCT of depths 2 and 3, SURW, URW, reads-from feedback and a random walk.
[[nodiscard]] std::unique_ptr<Strategy> make_random_search(std::uint64_t seed);

/// One of these samplers, or their rotation as "random". Null: no such name.
[[nodiscard]] std::unique_ptr<Strategy> make_sampler(std::string_view name, std::uint64_t seed);
[[nodiscard]] std::vector<std::string> sampler_names();

}  // namespace heddle::explore
