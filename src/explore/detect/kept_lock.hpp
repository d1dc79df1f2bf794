// Locks that a context took and still has after its end.
#pragma once

#include "explore/detector.hpp"

namespace heddle::explore::detect {

/// A warning where it was taken. None for a lock that one context takes and another releases: it is handed
/// over, and is a signal rather than a lock. None where somebody waits for it: that is a deadlock.
class KeptLock final : public Detector {
  public:
    void begin() override;
    void on_step(const record::Trace& trace, std::size_t index) override;
    void on_end(const record::Trace& trace, std::span<const ContextState> contexts,
                std::vector<record::Finding>& findings) override;

  private:
    struct Lock {
        ContextId taker = kNoContext;  // who took it last; kNoContext: it is free
        record::Source taken_at = 0;
        bool is_handed_over = false;
    };

    void note(const record::Event& event, const record::Touch& touch);

    std::vector<Lock> locks_;  // by place
};

}  // namespace heddle::explore::detect
