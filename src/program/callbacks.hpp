// Scheduled callbacks of an explored program. One at a time runs, on the fiber of the thread that it
// interrupts, which stops where the callback begins and where it is over: between the two its steps are those
// of a context of their own. Only program/*.cpp include this.
#pragma once

#include "host/exploration.hpp"
#include "mpy/micropython.hpp"
#include "thread/fiber.hpp"

namespace heddle::program {

/// The thread that a callback has interrupted; 0: none.
[[nodiscard]] thread::ThreadId callback_host() noexcept;

/// The callback that runs, or that is the next one; MP_OBJ_NULL if there is none.
[[nodiscard]] mp_obj_t callback_function() noexcept;

/// Would a thread that looks run one now?
[[nodiscard]] bool is_callback_due() noexcept;

[[nodiscard]] std::size_t callbacks_queued() noexcept;

/// What a step had to do with the queue.
struct CallbackNotes {
    bool looked = false;       ///< a thread looked whether there is a callback
    bool begins = false;       ///< a callback's first step
    bool ends = false;         ///< its last one
    bool runs_within = false;  ///< a callback ran in it, from its beginning to its end
};

/// Before a step of a thread, or of the callbacks' context.
void begin_callback_notes(bool is_callback) noexcept;
/// Of the step that has ended.
[[nodiscard]] CallbackNotes take_callback_notes() noexcept;

/// From now on `looked` is told, at a call for each jump that a program makes, and reads of built-ins' names.
void watch_all() noexcept;

}  // namespace heddle::program
