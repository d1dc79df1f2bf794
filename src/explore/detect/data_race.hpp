// Two accesses of a place, one of them a write, that no lock, start or end orders.
//
// Flanagan, Freund: FastTrack: efficient and precise dynamic race detection, PLDI 2009. Departure: of several
// reads that a write races with, each is reported.
#pragma once

#include "explore/detector.hpp"
#include "record/clocks.hpp"

namespace heddle::explore::detect {

/// One finding for each pair of places in the program, the smaller first. Places that anybody takes, and
/// those of accesses that `follow`, are what orders others, and have no races of their own. Nor have
/// interrupts with what masks them, nor two handlers of which neither has interrupted the other: the
/// controller is one, and has each run to its end.
class DataRace final : public Detector {
  public:
    void begin() override;
    void on_step(const record::Trace& trace, std::size_t index) override;
    void on_end(const record::Trace& trace, std::span<const ContextState> contexts,
                std::vector<record::Finding>& findings) override;

  private:
    // An event by its context's clock: it comes before all that have seen that tick.
    struct Epoch {
        ContextId context = kNoContext;
        record::Tick tick = 0;
        record::Source source = 0;
        bool is_firing = false;
        bool is_masked = false;
        bool keeps_threads_out = false;
        bool is_whole_handler = false;
    };
    struct History {
        bool orders = false;
        std::vector<record::Tick> seen;  // what joined whoever takes the place next
        Epoch write;
        std::vector<Epoch> reads;  // since the write, none before another
        std::vector<Epoch> updates;
    };

    void find_orderers(const record::Trace& trace);
    [[nodiscard]] record::Tick* clock_of(ContextId context);
    void order(const record::Touch& touch, record::Tick* clock);
    [[nodiscard]] static bool is_kept_out(const Epoch& epoch, const record::Event& event) noexcept;
    void look(const record::Event& event, const record::Touch& touch, const record::Tick* clock);
    void report(const record::Event& event, Place place, const std::vector<Epoch>& earlier,
                const record::Tick* clock);
    static void keep_latest(std::vector<Epoch>& epochs, const Epoch& epoch, const record::Tick* clock);

    record::Clocks clocks_;           // by context
    std::vector<History> histories_;  // by place
    std::vector<Epoch> one_;
    std::vector<record::Finding> found_;
};

}  // namespace heddle::explore::detect
