#include "report/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/names.hpp"

namespace heddle::report {
namespace {

using Json = nlohmann::ordered_json;
using record::kNoContext;
using record::Report;
using record::ReportAccess;
using record::ReportBounds;
using record::ReportContext;
using record::ReportFinding;
using record::ReportStatistics;
using record::ReportStep;
using record::ReportWait;

constexpr int kVersion = 1;

/// Null where there is no such place.
Json location(const std::string& file, std::size_t line) {
    if (file.empty() && line == 0) {
        return nullptr;
    }
    return {{"file", file}, {"line", line}};
}

Json context(record::ContextId number) { return number == kNoContext ? Json(nullptr) : Json(number); }

Json to_json(const ReportContext& it) { return {{"name", it.name}, {"interrupt", it.is_interrupt}}; }

Json to_json(const ReportStep& it) {
    return {{"context", context(it.context)},
            {"location", location(it.file, it.line)},
            {"source", it.source_text},
            {"what", it.what},
            {"preempts", it.preempts}};
}

Json to_json(const ReportAccess& it) {
    return {{"context", context(it.context)},
            {"location", location(it.file, it.line)},
            {"source", it.source_text},
            {"what", it.what},
            {"locks", it.locks}};
}

Json to_json(const ReportWait& it) {
    return {{"context", context(it.context)},         {"lock", it.lock},
            {"location", location(it.file, it.line)}, {"holder", context(it.holder)},
            {"holder_ended", it.holder_ended},        {"held_since", location(it.held_file, it.held_line)}};
}

Json to_json(const ReportFinding& it);

template <typename List>
Json list(const List& items) {
    Json array = Json::array();
    for (const auto& item : items) {
        array.push_back(to_json(item));
    }
    return array;
}

Json to_json(const ReportFinding& it) {
    return {{"kind", name_of(it.kind)},
            {"severity", name_of(it.severity)},
            {"message", it.message},
            {"location", {{"file", it.file}, {"line", it.line}}},
            {"preemptions", it.preemptions},
            {"interrupts", it.interrupts},
            {"replay", it.replay_path.empty() ? Json(nullptr) : Json(it.replay_path)},
            {"traceback", it.traceback},
            {"contexts", list(it.contexts)},
            {"accesses", it.accesses ? list(*it.accesses) : Json::array()},
            {"waits", list(it.waits)},
            {"interleaving", list(it.steps)}};
}

Json to_json(const ReportBounds& it) {
    return {{"irqs", it.irqs},
            {"preemptions", it.preemptions ? Json(*it.preemptions) : Json(nullptr)},
            {"timing", it.any_timing ? "any" : "default"}};
}

Json to_json(const ReportStatistics& it) {
    const auto executions = static_cast<double>(it.executions + it.blocked);
    const double rate = it.seconds > 0 ? std::round(executions / it.seconds) : 0;
    return {
        {"executions", it.executions},
        {"blocked", it.blocked},
        {"redundant", it.redundant},
        {"failed", it.failed},
        {"steps", it.steps},
        {"seconds", it.seconds},
        {"executions_per_second", std::isfinite(rate) && rate < 1e18 ? static_cast<std::uint64_t>(rate) : 0}};
}

Json reason(const Report& report) {
    const std::string& text = report.ended_by.empty() ? report.left_out : report.ended_by;
    return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace

std::string json_of(const Report& report) {
    const Json object = {{"version", kVersion},
                         {"script", report.script},
                         {"board", report.board},
                         {"verdict", name_of(report.verdict)},
                         {"complete", report.complete},
                         {"reason", reason(report)},
                         {"bounds", to_json(report.bounds)},
                         {"findings", list(report.findings)},
                         {"stats", to_json(report.statistics)}};
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace heddle::report
