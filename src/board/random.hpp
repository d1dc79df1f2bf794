// Pseudo-random numbers that a seed decides, the same on every machine.
#pragma once

#include <cstdint>

#include "board/clock.hpp"

namespace heddle::board {

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

    /// From 0 to `most_ns`, both included. Precondition: `most_ns` is not negative.
    [[nodiscard]] constexpr Time up_to(Time most_ns) noexcept {
        return static_cast<Time>(next() % (static_cast<std::uint64_t>(most_ns) + 1));
    }

  private:
    std::uint64_t state_;
};

}  // namespace heddle::board
