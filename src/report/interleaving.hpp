// The steps of a failing execution, side by side: a column for each context.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "record/report.hpp"

namespace heddle::report {

/// The last steps before the failure, before them only where one context took over from another and the
/// finding's two accesses, and of all these not more than a few screens. Ascending indices.
[[nodiscard]] std::vector<std::size_t> steps_that_matter(const record::ReportFinding& finding);

struct InterleavingLine {
    std::string text;    ///< safe to print
    bool fails = false;  ///< of the last step
};

/// A head with the contexts' names, then the steps that matter, in lines of at most `width` columns. In the
/// margin `>` marks a step that preempts and `!` the last one. Where there are too many contexts for columns,
/// their names are in front of the lines instead. No step, no line.
[[nodiscard]] std::vector<InterleavingLine> interleaving_lines(const record::ReportFinding& finding,
                                                               std::size_t width);

}  // namespace heddle::report
