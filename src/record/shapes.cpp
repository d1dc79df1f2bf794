#include "record/shapes.hpp"

#include <algorithm>

namespace heddle::record {
namespace {

std::uint64_t hash_of(std::span<const Access> accesses) noexcept {
    std::uint64_t hash = accesses.size();
    for (const Access& access : accesses) {
        hash ^= access.place * 16 + static_cast<std::uint64_t>(access.mode) * 2 + (access.follows ? 1 : 0);
        hash *= 0x9e3779b97f4a7c15;
        hash ^= hash >> 29;
    }
    return hash;
}

}  // namespace

ShapeId Shapes::shape_of(std::span<const Access> accesses) {
    const std::uint64_t hash = hash_of(accesses);
    const auto begin = static_cast<std::uint32_t>(touches_.size());
    const auto same = [&](ShapeId shape) {
        return std::ranges::equal(touches(shape), accesses, [&](const Touch& touch, const Access& access) {
            return places_[touch.place] == access.place && touch.mode == access.mode &&
                   touch.follows == access.follows;
        });
    };
    for (auto [known, end] = by_hash_.equal_range(hash); known != end; ++known) {
        if (same(known->second)) {
            return known->second;
        }
    }
    for (const Access& access : accesses) {
        touches_.push_back({index_of(access.place), access.mode, access.follows});
    }
    shapes_.push_back({begin, static_cast<std::uint32_t>(accesses.size())});
    const auto shape = static_cast<ShapeId>(shapes_.size() - 1);
    by_hash_.emplace(hash, shape);
    return shape;
}

bool Shapes::conflict(ShapeId a, ShapeId b) const noexcept {
    for (const Touch& of_a : touches(a)) {
        for (const Touch& of_b : touches(b)) {
            if (of_a.place == of_b.place && record::conflict(of_a.mode, of_b.mode)) {
                return true;
            }
        }
    }
    return false;
}

PlaceIndex Shapes::index_of(Place place) {
    const auto [entry, is_new] = index_of_.try_emplace(place, static_cast<PlaceIndex>(places_.size()));
    if (is_new) {
        places_.push_back(place);
    }
    return entry->second;
}

}  // namespace heddle::record
