// The accesses of a step, kept once: steps of one shape do the same.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "record/access.hpp"

namespace heddle::record {

using ShapeId = std::uint32_t;

/// A place under a small number: the index of a table.
using PlaceIndex = std::uint32_t;

inline constexpr PlaceIndex kNoPlace = UINT32_MAX;

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
    /// kNoPlace for one that no shape has.
    [[nodiscard]] PlaceIndex index_of(Place place) const;
    [[nodiscard]] Place place(PlaceIndex index) const noexcept { return places_[index]; }
    /// Indices are below it.
    [[nodiscard]] std::size_t places() const noexcept { return places_.size(); }

  private:
    [[nodiscard]] bool has_shape(ShapeId shape, std::span<const Access> accesses) const noexcept;
    [[nodiscard]] ShapeId find_or_make(std::uint64_t hash, std::span<const Access> accesses);
    [[nodiscard]] PlaceIndex make_index(Place place);

    struct Range {
        std::uint32_t begin = 0;
        std::uint32_t count = 0;
    };

    std::vector<Touch> touches_;
    std::vector<Range> shapes_;
    std::vector<Place> places_;
    std::unordered_map<Place, PlaceIndex> index_of_;
    std::unordered_multimap<std::uint64_t, ShapeId> by_hash_;
    std::array<ShapeId, 256> recent_{};  // by a part of the hash
};

/// Adds what one more of several steps touches, to be the shape of all of them.
void add_touches(std::vector<Access>& accesses, const Shapes& shapes, ShapeId shape);

}  // namespace heddle::record
