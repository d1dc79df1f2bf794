// A write that replaces a write of another context, made after the replacing one had read the place, and that
// follows from what it read.
#pragma once

#include "explore/detector.hpp"

namespace heddle::explore::detect {

class LostUpdate final : public Detector {
  public:
    /// The machine that runs the executions says what follows; without one, each such write does.
    explicit LostUpdate(Machine* machine = nullptr) : machine_(machine) {}

    void begin() override;
    void on_step(const record::Trace& trace, std::size_t index) override;
    void on_end(const record::Trace& trace, std::span<const ContextState> contexts,
                std::vector<record::Finding>& findings) override;

  private:
    static constexpr std::size_t kNever = SIZE_MAX;

    struct Reads {
        std::size_t first = kNever;  // since it last wrote, the event
        std::size_t last = kNever;
    };

    struct History {
        std::size_t last_write = kNever;  // the event
        std::size_t last_look = 0;        // of the execution that this is about
        std::vector<Reads> reads;         // by context
    };

    struct Candidate {
        Replacement write;
        record::Finding finding;
    };

    History& history_of(record::PlaceIndex place);
    void on_write(const record::Trace& trace, std::size_t index, record::PlaceIndex place);

    std::vector<History> histories_;  // by place
    std::size_t execution_ = 0;
    Machine* machine_;
    std::vector<Candidate> candidates_;
    std::vector<record::Finding> found_;
};

}  // namespace heddle::explore::detect
