// A board's state as text, for people.
#pragma once

#include <string>
#include <vector>

#include "board/board.hpp"
#include "board/profile.hpp"

namespace heddle::board {

/// LEDs and the pins in use: `LED 1 on, 2 off` and `X1 in 1, Y3 out 0`, in lines of at most `width` columns
/// where the words allow it. A pin is in use if the program has made it an output, pulls or watches it, or
/// if the outside drives it.
[[nodiscard]] std::vector<std::string> pin_lines(Board& board, const Profile& profile, std::size_t width);

/// When it is, and how often interrupts came: `12.345 s  fired 10, late 0, dropped 0, deferred 0`.
[[nodiscard]] std::string counter_line(const Board& board);

}  // namespace heddle::board
