// Locks that contexts take in orders which could wait for each other, whether or not they did.
#pragma once

#include "explore/detector.hpp"

namespace heddle::explore::detect {

/// Remembers the orders of all executions that it has seen, and reports a cycle once. A cycle counts if its
/// locks were taken by different contexts. That one of them starts the other, or that another lock keeps them
/// apart, excuses nothing: the next change of the program may take that away.
class LockOrder final : public Detector {
  public:
    void begin() override;
    void on_step(const record::Trace& trace, std::size_t index) override;
    void on_end(const record::Trace& trace, std::span<const ContextState> contexts,
                std::vector<record::Finding>& findings) override;
    [[nodiscard]] std::size_t learned() const override { return edges_.size(); }

  private:
    // A context waits for `wanted` while it has `held`.
    struct Edge {
        Place held;
        Place wanted;
        ContextId context;
        record::Source source;
        friend bool operator==(const Edge&, const Edge&) = default;
    };

    void note(const record::Event& event, Place wanted);
    void find_cycles(std::vector<std::size_t>& path);
    [[nodiscard]] bool can_follow(const std::vector<std::size_t>& path, const Edge& next) const;
    void report(const std::vector<std::size_t>& path);

    std::vector<std::vector<Place>> held_;  // by context, in order of number
    std::vector<Edge> edges_;
    std::size_t looked_at_ = 0;  // edges whose cycles have been reported
    std::vector<record::Finding> found_;
};

}  // namespace heddle::explore::detect
