// A report for people, on a terminal or in a file.
#pragma once

#include <cstddef>
#include <string>

#include "record/report.hpp"

namespace heddle::report {

struct TextStyle {
    std::size_t width =
        80;                ///< of the terminal; less than 80 counts as 80. Sentences and paths may be longer
    bool colours = false;  ///< a bold sentence and a red failing step, by escape sequences
};

/// Each finding, and the verdict as the last line. What comes from the program is escaped.
[[nodiscard]] std::string text_of(const record::Report& report, const TextStyle& style);

/// The finding: a sentence, the two accesses or who waits for whom, the interleaving, the command that
/// replays it.
[[nodiscard]] std::string text_of(const record::ReportFinding& finding, const TextStyle& style);

/// One line without its end: "no error in 252 executions: complete, all interleavings with at most 2
/// interrupts a source".
[[nodiscard]] std::string verdict_of(const record::Report& report);

}  // namespace heddle::report
