// The accesses of a step, kept once: steps of one shape do the same.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "record/access.hpp"

namespace heddle::record {

using ShapeId = std::uint32_t;

/// A place under a small number: the index of a table.
using PlaceIndex = std::uint32_t;

struct Touch {
    PlaceIndex place = 0;
    Mode mode = Mode::read;
    bool follows = false;

    friend bool operator==(const Touch&, const Touch&) = default;
};

/// Grows only. Not thread-safe.
class Shapes {
  public:
    [[nodiscard]] ShapeId shape_of(std::span<const Access> accesses);
    [[nodiscard]] std::span<const Touch> touches(ShapeId shape) const noexcept {
        return {touches_.data() + shapes_[shape].begin, shapes_[shape].count};
    }
    /// Whether steps of these shapes, of two contexts, are ordered by what they touch.
    [[nodiscard]] bool conflict(ShapeId a, ShapeId b) const noexcept;
    [[nodiscard]] PlaceIndex index_of(Place place);
    [[nodiscard]] Place place(PlaceIndex index) const noexcept { return places_[index]; }
    /// Indices are below it.
    [[nodiscard]] std::size_t places() const noexcept { return places_.size(); }

  private:
    struct Range {
        std::uint32_t begin = 0;
        std::uint32_t count = 0;
    };

    std::vector<Touch> touches_;
    std::vector<Range> shapes_;
    std::vector<Place> places_;
    std::unordered_map<Place, PlaceIndex> index_of_;
    std::unordered_multimap<std::uint64_t, ShapeId> by_hash_;
};

}  // namespace heddle::record
