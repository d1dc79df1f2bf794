#include "explore/replay.hpp"

#include "explore/detect/lost_update.hpp"

#include <algorithm>

namespace heddle::explore {
namespace {

class Replayer {
  public:
    Replayer(Machine& machine, const ReplayOptions& options)
        : options_(options), execution_(machine, {.snapshots = false}), lost_update_(&machine) {}

    Replay run(std::span<const ContextId> choices) {
        for (std::size_t i = 0; i < choices.size() && !is_over(); ++i) {
            if (execution_.is_enabled(choices[i])) {
                step(choices[i]);
            } else if (options_.strictness == Strictness::exact) {
                result_.diverged_at = i;
                break;
            }
        }
        if (options_.strictness == Strictness::wishes) {
            go_on();
        }
        finish();
        return std::move(result_);
    }

  private:
    void go_on() {
        while (!is_over() && !execution_.enabled().empty() &&
               std::chrono::steady_clock::now() < options_.plain_until) {
            step(plain_choice(execution_));
        }
    }

    void step(ContextId context) {
        meter_.count(execution_, context);
        execution_.run(context);
        for (; failures_ < execution_.failures().size(); ++failures_) {
            note(execution_.failures()[failures_].finding);
        }
        look_for_lost_update();
    }

    // A lost update is shown by the step that makes it, whatever comes after.
    void look_for_lost_update() {
        if (options_.until == nullptr || options_.until->kind != record::FindingKind::lost_update) {
            return;
        }
        std::vector<Finding> found;
        lost_update_.on_step(execution_.trace(), execution_.trace().size() - 1);
        lost_update_.on_end(execution_.trace(), execution_.contexts(), found);
        is_shown_ |=
            std::ranges::any_of(found, [this](const Finding& one) { return options_.until->same_as(one); });
    }

    void note(const Finding& finding) {
        result_.findings.push_back(finding);
        result_.lengths.push_back(execution_.trace().size());
        is_shown_ |= options_.until != nullptr && options_.until->same_as(finding);
    }

    bool is_over() const {
        return is_shown_ || execution_.is_cut() || execution_.trace().size() >= options_.most_steps;
    }

    void finish() {
        result_.ended = execution_.enabled().empty();
        std::vector<Finding> found;
        if (result_.ended) {
            found = execution_.ending().findings;
        }
        for (Detector* detector : options_.detectors) {
            look_at(*detector, execution_.trace(), execution_.contexts(), found);
        }
        std::ranges::for_each(found, [&](const Finding& finding) { note(finding); });
        result_.schedule = execution_.trace().schedule();
        result_.effort = meter_.effort();
    }

    const ReplayOptions& options_;
    Execution execution_;
    EffortMeter meter_;
    Replay result_;
    std::size_t failures_ = 0;
    detect::LostUpdate lost_update_;
    bool is_shown_ = false;
};

}  // namespace

Replay replay(Machine& machine, std::span<const ContextId> choices, const ReplayOptions& options) {
    return Replayer(machine, options).run(choices);
}

}  // namespace heddle::explore
