// In how many ways a handler can be interrupted.
#pragma once

#include <functional>
#include <vector>

#include "explore/block.hpp"
#include "explore/machine.hpp"
#include "record/shapes.hpp"
#include "record/trace.hpp"

namespace heddle::explore {

/// A step, or a handler from its beginning to its end with all that interrupts it.
struct Way {
    Block block;  ///< empty: nothing interrupts it
    record::ShapeId shape = 0;
};

/// Finds what a context's next step comes to in one state: several ways, if it is a handler that others can
/// interrupt. Ways that differ in the order of independent steps only are one, and what could as well come
/// before the handler or after it does not interrupt it. Not thread-safe.
class Ways {
  public:
    /// `run`: a step of the machine, with the number of steps since find() that come before it.
    using Run = std::function<const record::StepRecord&(std::size_t, ContextId)>;

    Ways(Machine& machine, record::Shapes& shapes, Run run)
        : machine_(machine), shapes_(shapes), run_(std::move(run)) {}

    /// The plain one first. Precondition: the context is enabled. The machine is anywhere afterwards.
    [[nodiscard]] std::vector<Way> find(ContextId context);

  private:
    // A step of a handler, or all of one that interrupts it.
    struct Part {
        ContextId context;
        record::ShapeId shape;
        bool is_own;
    };
    struct Handler {
        ContextId context;
        std::vector<Part> parts;
    };
    // How far a way has got.
    struct State {
        std::vector<Handler> open;  // the outermost first
        BlockWriter block;
        std::size_t steps = 0;
        bool is_over = false;
    };

    void finish(State state);
    void note(const State& state, record::ShapeId shape);
    void interrupt(const State& state);
    /// False: another way has it.
    [[nodiscard]] bool step(State& state, ContextId context);
    [[nodiscard]] bool add(std::vector<Part>& parts, const Part& part) const;
    [[nodiscard]] bool end_handler(State& state);
    [[nodiscard]] bool depend(const Part& a, const Part& b) const {
        return a.context == b.context || shapes_.conflict(a.shape, b.shape);
    }
    [[nodiscard]] bool comes_before_own(const std::vector<Part>& parts) const;
    [[nodiscard]] record::ShapeId shape_of(const std::vector<Part>& parts);

    Machine& machine_;
    record::Shapes& shapes_;
    Run run_;
    std::vector<Way> found_;
};

}  // namespace heddle::explore
