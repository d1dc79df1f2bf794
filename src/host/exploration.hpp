// What happens in a program is told whoever explores it, and what that one decides: program/ defines these.
#pragma once

#include "mpy/micropython.hpp"

namespace heddle::exploration {

/// Is note_look() to be called at each jump that a program makes?
[[nodiscard]] bool watches_all() noexcept;

/// A jump or a wait, where callbacks run.
void note_look() noexcept;

/// A scheduled callback begins, and has ended, on the fiber that runs it. Of an explored program only.
void begin_callback(mp_obj_t function) noexcept;
void end_callback() noexcept;

/// A fiber has allocated the object, or moved it there.
void name_object(const void* object) noexcept;

}  // namespace heddle::exploration
