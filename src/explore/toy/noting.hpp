// Which executions a search makes, for tests that hold one search against another.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "explore/strategy.hpp"

namespace heddle::explore::toy {

/// The same for two traces that differ in the order of independent steps only. Steps touch the place `time`
/// while somebody waits for it, and not otherwise: which ones do is left out, their order is not.
using Signature = std::vector<std::size_t>;
[[nodiscard]] Signature signature_of(const Trace& trace, Place time);

/// Passes on what another strategy does, and notes each execution that came to an end.
class Noting final : public Strategy {
  public:
    struct Times {
        int count = 0;
        Schedule first;
    };

    Noting(Strategy& strategy, Place time) : strategy_(strategy), time_(time) {}
    /// `outcome_of`: what an execution comes to, while the machine is at its end.
    Noting(Strategy& strategy, Place time, std::function<std::string(Execution&)> outcome_of)
        : strategy_(strategy), time_(time), outcome_of_(std::move(outcome_of)) {}

    [[nodiscard]] Awaits awaits() const noexcept override { return strategy_.awaits(); }
    void start(Execution& execution) override { strategy_.start(execution); }
    [[nodiscard]] ContextId choose(const Execution& execution) override {
        return strategy_.choose(execution);
    }
    void ran(const Execution& execution) override { strategy_.ran(execution); }
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;
    [[nodiscard]] bool is_complete() const noexcept override { return strategy_.is_complete(); }
    [[nodiscard]] bool is_lost() const noexcept override { return strategy_.is_lost(); }

    /// Of samples, too many to keep.
    void leave_traces_out() noexcept { keeps_traces_ = false; }

    std::map<Signature, Times> traces;
    std::map<std::string, Times> outcomes;

  private:
    Strategy& strategy_;
    Place time_;
    std::function<std::string(Execution&)> outcome_of_;
    bool keeps_traces_ = true;
};

}  // namespace heddle::explore::toy
