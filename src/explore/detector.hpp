// What looks at whole executions for mistakes that no single step shows.
#pragma once

#include <span>
#include <vector>

#include "explore/machine.hpp"
#include "record/trace.hpp"

namespace heddle::explore {

/// Told of one execution after another, each from its beginning: begin(), then on_step() for each event, then
/// on_end(). Not thread-safe.
class Detector {
  public:
    virtual ~Detector() = default;

    virtual void begin() = 0;
    virtual void on_step(const record::Trace& trace, std::size_t index) = 0;
    /// Adds what it found in this execution. `contexts`: where they stand after the trace.
    virtual void on_end(const record::Trace& trace, std::span<const ContextState> contexts,
                        std::vector<record::Finding>& findings) = 0;

    /// How much it knows of earlier executions that may become part of a finding in a later one. An execution
    /// that adds to it is shown to the detectors of the other processes, too.
    [[nodiscard]] virtual std::size_t learned() const { return 0; }
};

/// All three calls, for a trace.
void look_at(Detector& detector, const record::Trace& trace, std::span<const ContextState> contexts,
             std::vector<record::Finding>& findings);

}  // namespace heddle::explore
