// Vector clocks, many of them in one block of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle::record {

using Tick = std::uint32_t;

/// Rows of ticks, one tick for each context. A row is named by its index; a pointer to one holds until the
/// next call that adds a row or widens. Not thread-safe.
class Clocks {
  public:
    [[nodiscard]] std::size_t rows() const noexcept { return ticks_.size() / width_; }
    [[nodiscard]] std::size_t width() const noexcept { return width_; }
    [[nodiscard]] Tick* row(std::size_t index) noexcept { return ticks_.data() + index * width_; }
    [[nodiscard]] const Tick* row(std::size_t index) const noexcept { return ticks_.data() + index * width_; }

    /// A row of zeros at the end.
    Tick* add() {
        ticks_.resize(ticks_.size() + width_);
        return row(rows() - 1);
    }
    /// Only the first `count` rows stay. Precondition: there are as many.
    void keep(std::size_t count) { ticks_.resize(count * width_); }
    /// Room for `contexts` ticks in a row. Rows keep what they say.
    void widen(std::size_t contexts);

    /// Each tick of `into` becomes the later one of both.
    void join(Tick* into, const Tick* from) const noexcept {
        for (std::size_t i = 0; i < width_; ++i) {
            into[i] = into[i] < from[i] ? from[i] : into[i];
        }
    }

  private:
    std::size_t width_ = 4;
    std::vector<Tick> ticks_;
};

}  // namespace heddle::record
