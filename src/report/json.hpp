// A report for programs: `heddle check --json`. docs/reference/heddle-check.md has its fields.
#pragma once

#include <string>

#include "record/report.hpp"

namespace heddle::report {

/// A JSON object and a line's end. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string json_of(const record::Report& report);

}  // namespace heddle::report
