#include "report/names.hpp"

#include <algorithm>
#include <array>

namespace heddle::report {
namespace {

using record::FindingKind;

struct KindName {
    FindingKind kind;
    std::string_view name;
};

constexpr auto kKinds = std::to_array<KindName>({
    {FindingKind::exception, "exception"},
    {FindingKind::assertion, "assertion"},
    {FindingKind::deadlock, "deadlock"},
    {FindingKind::lost_update, "lost-update"},
    {FindingKind::lock_misuse, "lock-misuse"},
    {FindingKind::isr_alloc, "isr-alloc"},
    {FindingKind::isr_block, "isr-block"},
    {FindingKind::livelock, "livelock"},
    {FindingKind::step_limit, "step-limit"},
    {FindingKind::data_race, "data-race"},
    {FindingKind::lock_order, "lock-order"},
});

}  // namespace

std::string_view name_of(FindingKind kind) noexcept {
    const auto* found = std::ranges::find(kKinds, kind, &KindName::kind);
    return found == kKinds.end() ? "unknown" : found->name;
}

std::string_view name_of(record::Severity severity) noexcept {
    return severity == record::Severity::error ? "error" : "warning";
}

std::string_view name_of(record::ReportVerdict verdict) noexcept {
    switch (verdict) {
        case record::ReportVerdict::clean:
            return "clean";
        case record::ReportVerdict::error:
            return "error";
        case record::ReportVerdict::unfinished:
            break;
    }
    return "unfinished";
}

std::optional<FindingKind> find_kind(std::string_view name) noexcept {
    const auto* found = std::ranges::find(kKinds, name, &KindName::name);
    return found == kKinds.end() ? std::nullopt : std::optional(found->kind);
}

}  // namespace heddle::report
