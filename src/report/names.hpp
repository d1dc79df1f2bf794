// The names of findings and verdicts, as reports and files spell them.
#pragma once

#include <optional>
#include <string_view>

#include "record/report.hpp"

namespace heddle::report {

/// "lost-update".
[[nodiscard]] std::string_view name_of(record::FindingKind kind) noexcept;
[[nodiscard]] std::string_view name_of(record::Severity severity) noexcept;
[[nodiscard]] std::string_view name_of(record::ReportVerdict verdict) noexcept;

/// The kind of this name.
[[nodiscard]] std::optional<record::FindingKind> find_kind(std::string_view name) noexcept;

}  // namespace heddle::report
