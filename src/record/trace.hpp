// One execution: which context ran each step, and what the step did.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "record/shapes.hpp"
#include "record/step.hpp"

namespace heddle::record {

/// A schedule: the contexts in the order in which their steps run.
using Schedule = std::vector<ContextId>;

struct Event {
    ContextId context = kNoContext;
    ContextId started = kNoContext;
    ContextId more_started = 0;
    ShapeId shape = 0;
    Source source = 0;
    bool fixed = true;
    bool may_wait = false;
    bool is_firing = false;
    bool is_masked = false;
    bool keeps_threads_out = false;
    bool begins_handler = false;
    bool ends_handler = false;
    bool replaces = true;
    bool awaits = false;  ///< the context waits for a write of what its last turn read

    template <class Visit>
    void for_each_started(Visit&& visit) const {
        for (std::size_t i = 0; started != kNoContext && i <= more_started; ++i) {
            visit(static_cast<ContextId>(started + i));
        }
    }

    friend bool operator==(const Event&, const Event&) = default;
};

/// A prefix of it is kept from one execution to the next. The shapes stay for good; copies have them in
/// common. Not thread-safe.
class Trace {
  public:
    [[nodiscard]] std::size_t size() const noexcept { return events_.size(); }
    [[nodiscard]] bool empty() const noexcept { return events_.empty(); }
    [[nodiscard]] const Event& operator[](std::size_t index) const noexcept { return events_[index]; }
    [[nodiscard]] const Event& back() const noexcept { return events_.back(); }
    [[nodiscard]] auto begin() const noexcept { return events_.begin(); }
    [[nodiscard]] auto end() const noexcept { return events_.end(); }

    [[nodiscard]] Shapes& shapes() noexcept { return *shapes_; }
    [[nodiscard]] const Shapes& shapes() const noexcept { return *shapes_; }
    [[nodiscard]] std::span<const Touch> touches(const Event& event) const noexcept {
        return shapes_->touches(event.shape);
    }

    [[nodiscard]] Event event_of(ContextId context, const StepRecord& step) {
        return {.context = context,
                .started = step.started,
                .more_started = step.more_started,
                .shape = shapes_->shape_of(step.accesses),
                .source = step.source,
                .fixed = step.fixed && !step.may_wait,
                .may_wait = step.may_wait,
                .is_firing = step.is_firing,
                .is_masked = step.is_masked,
                .keeps_threads_out = step.keeps_threads_out,
                .begins_handler = step.begins_handler,
                .ends_handler = step.ends_handler,
                .replaces = step.replaces,
                .awaits = !step.awaits.empty()};
    }
    void push(const Event& event) { events_.push_back(event); }
    /// Only the first `count` events stay. Precondition: there are as many.
    void keep(std::size_t count) { events_.resize(count); }

    [[nodiscard]] Schedule schedule() const {
        Schedule contexts;
        contexts.reserve(size());
        for (const Event& event : events_) {
            contexts.push_back(event.context);
        }
        return contexts;
    }

  private:
    std::vector<Event> events_;
    std::shared_ptr<Shapes> shapes_ = std::make_shared<Shapes>();
};

}  // namespace heddle::record
