// What one step of a context touches, and when two touches do not commute.
#pragma once

#include <cstdint>

namespace heddle::record {

/// Something that contexts share: an item, an attribute, a lock, a mask. Whoever runs the program numbers
/// them, the same in every execution.
using Place = std::uint64_t;

/// In the initial state every place is free.
enum class Mode : std::uint8_t {
    read,
    write,
    update,   ///< changes what it finds in a way that commutes with other updates
    acquire,  ///< takes the place, and waits while it is taken: a lock
    hold,     ///< takes the place without waiting: a lock that was free when tried, a mask, a disarmed timer
    release,  ///< frees the place
    pass,     ///< waits while the place is taken, does not take it: an interrupt, past its mask
    give_up,  ///< ends a wait for the place, which somebody has; before that was taken, it would have taken
              ///< it
};

struct Access {
    Place place = 0;
    Mode mode = Mode::read;
    /// The step could not have run before the accesses that it conflicts with here: ordered, never a race.
    bool follows = false;

    friend bool operator==(const Access&, const Access&) = default;
};

[[nodiscard]] constexpr bool waits(Mode mode) noexcept { return mode == Mode::acquire || mode == Mode::pass; }
[[nodiscard]] constexpr bool takes(Mode mode) noexcept { return mode == Mode::acquire || mode == Mode::hold; }
[[nodiscard]] constexpr bool only_looks(Mode mode) noexcept {
    return mode == Mode::read || mode == Mode::pass || mode == Mode::give_up;
}

/// Whether accesses of one place in these modes order their steps. A failed try of a lock is a read of it.
[[nodiscard]] constexpr bool conflict(Mode a, Mode b) noexcept {
    return !(only_looks(a) && only_looks(b)) && !(a == Mode::update && b == Mode::update);
}

/// Whether it conflicts with every access of the place, itself included.
[[nodiscard]] constexpr bool is_total(Mode mode) noexcept {
    return !only_looks(mode) && mode != Mode::update;
}

}  // namespace heddle::record
