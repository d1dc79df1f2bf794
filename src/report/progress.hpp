// How far a search is, in one line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace heddle::report {

struct Progress {
    std::uint64_t executions = 0;
    double per_second = 0;
    std::size_t depth = 0;                    ///< steps of the longest execution
    std::optional<double> executions_left{};  ///< an estimate
};

/// "34904 executions, 231k/s, depth 40, about 1.2M left (5 s)", in at most `width` columns, without the
/// line's end.
[[nodiscard]] std::string progress_line(const Progress& progress, std::size_t width);

}  // namespace heddle::report
