// Where nondeterminism enters: what could go one way or another asks a Chooser, and nothing else decides.
#pragma once

#include <cstddef>

#include "base/assert.hpp"

namespace heddle {

/// Belongs to one execution: not thread-safe. Whoever makes one outlives whoever asks it.
class Chooser {
  public:
    /// A number from 0 to n - 1. Whoever asks numbers the ways so that 0 is the one of a plain run.
    /// Precondition: n is at least 1.
    [[nodiscard]] virtual std::size_t choose(std::size_t n) noexcept = 0;

  protected:
    Chooser() = default;
    Chooser(const Chooser&) = default;
    Chooser& operator=(const Chooser&) = default;
    ~Chooser() = default;
};

/// A plain run: always the first way.
class FirstChooser final : public Chooser {
  public:
    [[nodiscard]] std::size_t choose(std::size_t n) noexcept override {
        require(n >= 1, "a choice among nothing");
        return 0;
    }
};

}  // namespace heddle
