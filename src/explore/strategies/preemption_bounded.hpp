// Executions without preemption first, then those with one, and so on: the first failure is a simple one.
//
// Musuvathi, Qadeer: Iterative context bounding for systematic testing of multithreaded programs, PLDI 2007.
// Within a bound: Coons, Musuvathi, McKinley: Bounded partial-order reduction, OOPSLA 2013, whose
// conservative backtrack points keep what the bound would hide. An interrupt of a thread that could go on
// counts as a preemption. Departure: no sleep sets, so that an execution may come again, within a bound and
// with the next one.
#pragma once

#include <limits>
#include <vector>

#include "explore/strategies/happens_before.hpp"
#include "explore/strategy.hpp"

namespace heddle::explore {

class PreemptionBounded final : public Strategy {
  public:
    static constexpr std::size_t kNoBound = std::numeric_limits<std::size_t>::max();

    /// Bounds from `first` to `last`, both included; ends sooner if a bound left nothing out.
    explicit PreemptionBounded(std::size_t first = 0, std::size_t last = kNoBound)
        : bound_(first), last_(last) {}

    [[nodiscard]] Awaits awaits() const noexcept override { return Awaits::stay; }
    [[nodiscard]] ContextId choose(const Execution& execution) override;
    void ran(const Execution& execution) override;
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;
    /// The bound left nothing out. Where it did, what was tried within it is not known to be all of it.
    [[nodiscard]] bool is_complete() const noexcept override { return !left_out_; }
    [[nodiscard]] std::size_t bound() const noexcept { return bound_; }

  private:
    // A state on the way, before the event with the frame's index.
    struct Frame {
        std::size_t preemptions;  // so far
        ContextId running;        // the thread that can go on, or kNoContext
        std::vector<ContextId> enabled;
        bool all_wake_up;
        std::vector<ContextId> backtrack;  // to be run from here, in this order
        std::size_t done = 0;              // so many of these are
    };

    void open_frame(const Execution& execution);
    void add_races(const Execution& execution);
    void add(const Trace& trace, std::size_t first, ContextId second);
    void add_at(std::size_t frame, ContextId context, ContextId otherwise);
    [[nodiscard]] bool take_next(Frame& frame);
    [[nodiscard]] static std::size_t cost(const Frame& frame, ContextId context) noexcept;

    HappensBefore order_;
    std::vector<Frame> frames_;
    std::vector<Race> races_;
    std::size_t bound_;
    std::size_t last_;
    bool left_out_ = false;
};

}  // namespace heddle::explore
