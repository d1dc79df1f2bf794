// Pseudo-random numbers that a seed decides, the same on every machine.
#pragma once

#include <cstdint>

namespace heddle {

/// The generator SplitMix64: its state is one number, which is copied with whoever holds it.
class Random {
  public:
    explicit constexpr Random(std::uint64_t seed) noexcept : state_(seed) {}

    [[nodiscard]] constexpr std::uint64_t next() noexcept {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    /// From 0 to `most`, both included. Precondition: `most` is not negative.
    [[nodiscard]] constexpr std::int64_t up_to(std::int64_t most) noexcept {
        return static_cast<std::int64_t>(next() % (static_cast<std::uint64_t>(most) + 1));
    }

    /// From 0 to `bound` - 1, each as likely but for a share of 2^-32. Precondition: 0 < bound < 2^32.
    [[nodiscard]] constexpr std::uint64_t below(std::uint64_t bound) noexcept {
        return ((next() >> 32) * bound) >> 32;
    }

  private:
    std::uint64_t state_;
};

}  // namespace heddle
