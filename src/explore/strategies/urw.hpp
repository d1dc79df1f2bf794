// A context is the likelier the more steps it has left, so that every interleaving of the steps is about as
// likely.
//
// Zhao, Wolff, Mathur, Roychoudhury: Selectively uniform concurrency testing, ASPLOS 2025: its URW, and,
// selective, its SURW, which is uniform over the steps that touch one place only, drawn for each execution.
// The steps of a context are those of the execution so far in which it made the most, of those in which
// nothing failed, as the paper's profile is of a run that did not fail; what it creates counts as its own
// until then.
#pragma once

#include <vector>

#include "explore/strategies/sampler.hpp"

namespace heddle::explore {

enum class Selection : std::uint8_t { all, one_place };

class Urw final : public Sampler {
  public:
    explicit Urw(std::uint64_t seed, Selection selection = Selection::all)
        : Sampler(seed), selection_(selection) {}

    [[nodiscard]] ContextId choose(const Execution& execution) override;
    void ran(const Execution& execution) override;
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;

  private:
    // What a context did in the execution in which it made the most steps.
    struct Known {
        ContextId creator = kNoContext;
        std::vector<record::ShapeId> steps;
    };

    void begin(const Execution& execution);
    [[nodiscard]] bool counts(const Trace& trace, record::ShapeId shape) const;
    [[nodiscard]] bool may_count(const Execution& execution, ContextId context) const;
    [[nodiscard]] ContextId draw(const Execution& execution);
    void learn(const Trace& trace);
    void learn_places(const Trace& trace);

    Selection selection_;
    std::vector<Place> places_;  // that two contexts touched in the first execution, one of them writing
    Place chosen_ = 0;
    std::vector<Known> known_;         // by context
    std::vector<std::size_t> left_;    // by context: steps that count, and those of what it will create
    ContextId intended_ = kNoContext;  // whose step that counts comes next
};

}  // namespace heddle::explore
