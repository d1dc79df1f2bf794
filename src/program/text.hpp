// What an explored program does, in words. Of the state that it is in; for the search, while no fiber runs.
#pragma once

#include <string>

#include "board/interrupt_controller.hpp"
#include "program/accesses.hpp"
#include "thread/fiber.hpp"

namespace heddle::program {

/// "main", "thread 2 (work)". Of one that has ended, `function` is the name of its function.
[[nodiscard]] std::string name_of_thread(thread::ThreadId id, unsigned number, qstr function);
/// The name of a live thread's function; MP_QSTRnull: it has none.
[[nodiscard]] qstr function_of(const thread::Fiber& fiber) noexcept;

/// "callback (note)": of the one that runs, or is next.
[[nodiscard]] std::string name_of_callback();

/// "timer (tick)", "pin X1 (edge)".
[[nodiscard]] std::string name_of_line(board::SourceId line);

/// "v", "record[2]", "the lock m".
[[nodiscard]] std::string name_of_place(const Access& access);

/// "reads v = 3", "takes lock m"; what a step that begins with these is about to do. Empty: nothing to tell.
[[nodiscard]] std::string words_of(const Access* accesses, std::size_t count);

/// " = 4", the value that a place has now, if it is a simple one; else empty.
[[nodiscard]] std::string value_of(const Access& access);

}  // namespace heddle::program
