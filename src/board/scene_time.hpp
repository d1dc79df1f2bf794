// Spans of time as people write them: "1.5s", "10ms", "250us", "40ns".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "board/clock.hpp"

namespace heddle::board {

/// Digits, perhaps with a fraction, and a unit. Nothing if it is not that, is finer than a nanosecond, or is
/// not below kNever.
[[nodiscard]] std::optional<Time> parse_time(std::string_view text);

/// Exact, in the largest unit that needs no fraction. Precondition: `time_ns` is not negative.
[[nodiscard]] std::string format_time(Time time_ns);

}  // namespace heddle::board
