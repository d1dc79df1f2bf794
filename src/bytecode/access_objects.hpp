// What objects have inside that MicroPython keeps to single files of its own, and where to find the built-in
// part of an object. program/ includes it for what values consist of.
#pragma once

#include <cstdint>

#include "mpy/micropython.hpp"

namespace heddle::bytecode {

enum class Family : std::uint8_t {
    none,  ///< nothing in it changes
    list,
    map,  ///< dict and OrderedDict, and a view of either
    set,
    buffer,  ///< bytearray, array, memoryview
    opaque,  ///< accessed as one: deque, StringIO, BytesIO, generator
};

struct Container {
    Family family;
    /// The dict of a view, the list in an instance of a subclass.
    mp_obj_t object;
};

[[nodiscard]] Container container_of(mp_obj_t object) noexcept;

/// The object of a built-in type in an instance of a class that inherits from one; MP_OBJ_NULL otherwise.
[[nodiscard]] mp_obj_t native_part(mp_obj_t instance) noexcept;

/// The built-in type that a class inherits from, itself for a built-in one; null if that is `object` alone.
[[nodiscard]] const mp_obj_type_t* native_base(const mp_obj_type_t* type) noexcept;

[[nodiscard]] const mp_map_t& map_of(mp_obj_t dict) noexcept;
[[nodiscard]] const mp_set_t& set_of(mp_obj_t set) noexcept;

enum class IteratorKind : std::uint8_t {
    none,      ///< no iterator, or of what cannot change
    list,      ///< items of `over`, from `position`
    array,     ///< the same of a buffer
    set,       ///< `over`
    map,       ///< `over`
    opaque,    ///< `over`, a deque
    other,     ///< of an unknown kind
    wrapper,   ///< enumerate, filter, zip, map: `count` iterators at `inner`
    reversed,  ///< items of `over` downwards, from `position`
};

struct Iterator {
    IteratorKind kind;
    mp_obj_t over = MP_OBJ_NULL;
    std::size_t position = 0;
    const mp_obj_t* inner = nullptr;
    std::size_t count = 0;
};

[[nodiscard]] Iterator iterator_of(mp_obj_t object) noexcept;

}  // namespace heddle::bytecode
