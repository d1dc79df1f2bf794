// Learns which read can see which write, and steers executions towards combinations that it has not seen.
//
// Wolff, Shi, Duck, Mathur, Roychoudhury: Greybox fuzzing for concurrency testing, ASPLOS 2024 (RFF). Wishes
// are kept as long as some other context can run; the rest is drawn as POS draws it. Departures: all sets of
// wishes that showed something new are equally likely to be varied, and a wish that fails is not remembered
// as one.
#pragma once

#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "explore/strategies/pos.hpp"

namespace heddle::explore {

class ReadsFrom final : public Sampler {
  public:
    explicit ReadsFrom(std::uint64_t seed) : Sampler(seed), order_(seed ^ 0x5851f42d4c957f2d) {}

    [[nodiscard]] ContextId choose(const Execution& execution) override;
    void ran(const Execution& execution) override;
    [[nodiscard]] std::optional<std::size_t> finish(Execution& execution) override;

    /// Combinations of what was read from where that it has seen.
    [[nodiscard]] std::size_t combinations() const noexcept { return seen_.size(); }

  private:
    /// A read of a place, at one place of the program, sees the write at another; 0: the initial value.
    struct Pair {
        Place place;
        record::Source write;
        record::Source read;
        friend bool operator<(const Pair& left, const Pair& right) noexcept {
            return std::tie(left.place, left.write, left.read) <
                   std::tie(right.place, right.write, right.read);
        }
    };
    using Combination = std::set<Pair>;

    void begin();
    void vary();
    void note_read(Place place, record::Source at);
    void note_write(Place place, record::Source at);
    [[nodiscard]] bool breaks_a_wish(const ContextState& state) const;
    [[nodiscard]] record::Source last_write(Place place) const;

    Pos order_;
    std::vector<std::pair<Place, record::Source>> reads_;  // all that were seen
    std::map<Place, std::vector<record::Source>> writes_;  // all that were seen, and 0
    std::set<Combination> seen_;
    std::vector<std::vector<Pair>> corpus_{{}};    // wishes that led to something new
    std::vector<Pair> wishes_;                     // of this execution, those that are open
    std::vector<Pair> wished_;                     // of this execution
    std::map<Place, record::Source> last_writes_;  // of this execution
    Combination combination_;                      // of this execution
};

}  // namespace heddle::explore
