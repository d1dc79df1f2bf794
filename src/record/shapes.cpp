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
    ShapeId& recent = recent_[hash % recent_.size()];
    if (recent >= shapes_.size() || !has_shape(recent, accesses)) {
        recent = find_or_make(hash, accesses);
    }
    return recent;
}

bool Shapes::has_shape(ShapeId shape, std::span<const Access> accesses) const noexcept {
    return std::ranges::equal(touches(shape), accesses, [&](const Touch& touch, const Access& access) {
        return places_[touch.place] == access.place && touch.mode == access.mode &&
               touch.follows == access.follows;
    });
}

ShapeId Shapes::find_or_make(std::uint64_t hash, std::span<const Access> accesses) {
    for (auto [known, end] = by_hash_.equal_range(hash); known != end; ++known) {
        if (has_shape(known->second, accesses)) {
            return known->second;
        }
    }
    const auto begin = static_cast<std::uint32_t>(touches_.size());
    for (const Access& access : accesses) {
        touches_.push_back({make_index(access.place), access.mode, access.follows});
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

PlaceIndex Shapes::index_of(Place place) const {
    const auto known = index_of_.find(place);
    return known == index_of_.end() ? kNoPlace : known->second;
}

PlaceIndex Shapes::make_index(Place place) {
    const auto [entry, is_new] = index_of_.try_emplace(place, static_cast<PlaceIndex>(places_.size()));
    if (is_new) {
        places_.push_back(place);
    }
    return entry->second;
}

// In their order, since who takes a place may free it; but not twice in a row.
void add_touches(std::vector<Access>& accesses, const Shapes& shapes, ShapeId shape) {
    for (const Touch& touch : shapes.touches(shape)) {
        const Access access{shapes.place(touch.place), touch.mode, touch.follows};
        const auto latest = std::find_if(accesses.rbegin(), accesses.rend(),
                                         [&](const Access& one) { return one.place == access.place; });
        if (latest == accesses.rend() || *latest != access) {
            accesses.push_back(access);
        }
    }
}

}  // namespace heddle::record
