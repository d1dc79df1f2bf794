#include "explore/detector.hpp"

namespace heddle::explore {

void look_at(Detector& detector, const record::Trace& trace, std::span<const ContextState> contexts,
             std::vector<record::Finding>& findings) {
    detector.begin();
    for (std::size_t i = 0; i < trace.size(); ++i) {
        detector.on_step(trace, i);
    }
    detector.on_end(trace, contexts, findings);
}

}  // namespace heddle::explore
