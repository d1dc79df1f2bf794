// A write that replaces a write of another context, made after the replacing one had read the place.
#pragma once

#include "explore/detector.hpp"

namespace heddle::explore::detect {

class LostUpdate final : public Detector {
  public:
    void begin() override;
    void on_step(const record::Trace& trace, std::size_t index) override;
    void on_end(const record::Trace& trace, std::span<const ContextState> contexts,
                std::vector<record::Finding>& findings) override;

  private:
    static constexpr std::size_t kNever = SIZE_MAX;

    struct History {
        std::size_t last_write = kNever;  // the event
        std::size_t last_look = 0;        // of the execution that this is about
        std::vector<std::size_t> reads;   // by context: the event after which it has not written, or kNever
    };

    History& history_of(record::PlaceIndex place);
    void on_write(const record::Trace& trace, std::size_t index, record::PlaceIndex place);

    std::vector<History> histories_;  // by place
    std::size_t execution_ = 0;
    std::vector<record::Finding> found_;
};

}  // namespace heddle::explore::detect
