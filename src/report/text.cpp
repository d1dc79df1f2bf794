#include "report/text.hpp"

#include <algorithm>
#include <string_view>

#include "report/display.hpp"
#include "report/interleaving.hpp"
#include "report/names.hpp"

namespace heddle::report {
namespace {

using record::ContextId;
using record::kNoContext;
using record::Report;
using record::ReportAccess;
using record::ReportFinding;
using record::ReportVerdict;
using record::ReportWait;
using record::Severity;

constexpr std::size_t kNarrowest = 80;
constexpr const char* kIndent = "   ";
constexpr std::size_t kMostOutputLines = 100;

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kRed = "\x1b[31m";
constexpr std::string_view kPlain = "\x1b[0m";

std::string coloured(const std::string& text, std::string_view colour, bool colours) {
    return colours ? std::string(colour).append(text).append(kPlain) : text;
}

std::string place(const std::string& file, std::size_t line) {
    return line == 0 ? escaped(file) : escaped(file) + ":" + std::to_string(line);
}

std::string sentence(const ReportFinding& finding) {
    const std::string where = place(finding.file, finding.line);
    return (where.empty() ? "" : where + ": ") + std::string(name_of(finding.severity)) + ": " +
           escaped(finding.message) + " [" + std::string(name_of(finding.kind)) + "]";
}

std::string who(const ReportFinding& finding, ContextId context) {
    return context < finding.contexts.size() ? escaped(finding.contexts[context].name)
                                             : "context " + std::to_string(context);
}

std::string held(const std::vector<std::string>& locks) {
    std::string text = locks.empty() ? "holds no lock" : "holds ";
    for (std::size_t i = 0; i < locks.size(); ++i) {
        text += (i == 0 ? "" : ", ") + escaped(locks[i]);
    }
    return text;
}

std::string access_lines(const ReportFinding& finding, std::size_t width) {
    std::size_t names = 0;
    for (const ReportAccess& access : *finding.accesses) {
        names = std::max(names, width_of(who(finding, access.context)));
    }
    std::string text;
    for (const ReportAccess& access : *finding.accesses) {
        const std::string name = kIndent + fitted(who(finding, access.context), names) + "  ";
        text +=
            cut(name + place(access.file, access.line) + "  " + escaped(access.source_text), width) + "\n";
        const std::string what = access.what.empty() ? "" : escaped(access.what) + ", ";
        text += std::string(width_of(name), ' ') + what + held(access.locks) + "\n";
    }
    return text + "\n";
}

std::string holder(const ReportFinding& finding, const ReportWait& wait) {
    if (wait.lock.empty() && wait.holder != kNoContext) {
        return "until " + who(finding, wait.holder) + " is over";
    }
    if (wait.holder == kNoContext) {
        return wait.lock.empty() ? "and nobody wakes it" : "which nobody releases";
    }
    const std::string since = place(wait.held_file, wait.held_line);
    return (since.empty() ? "held by " : "held since " + since + " by ") +
           (wait.holder == wait.context ? "itself" : who(finding, wait.holder)) +
           (wait.holder_ended ? ", which has ended" : "");
}

std::string wait_lines(const ReportFinding& finding) {
    const char* verb = finding.kind == record::FindingKind::lock_order ? " would wait" : " waits";
    std::string text;
    for (const ReportWait& wait : finding.waits) {
        const std::string where = place(wait.file, wait.line);
        text += kIndent + who(finding, wait.context) + verb +
                (wait.lock.empty() ? "" : " for " + escaped(wait.lock)) +
                (where.empty() ? "" : " at " + where) + ", " + holder(finding, wait) + "\n";
    }
    return text + "\n";
}

std::string indented(std::string_view lines) {
    std::string text;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        text += kIndent + escaped(lines.substr(0, end)) + "\n";
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return text + "\n";
}

std::string output_lines(std::string_view output) {
    const auto lines = static_cast<std::size_t>(std::ranges::count(output, '\n'));
    const std::size_t left_out = lines > kMostOutputLines ? lines - kMostOutputLines : 0;
    for (std::size_t i = 0; i < left_out; ++i) {
        output.remove_prefix(output.find('\n') + 1);
    }
    const std::string head =
        left_out == 0 ? "" : kIndent + ("... " + counted(left_out, "line")) + " left out\n";
    return "output:\n" + head + indented(output);
}

// Explains the margin's mark beside those that have it.
std::string mark(const ReportFinding& finding, bool of_interrupts) {
    const bool is_marked = std::ranges::any_of(finding.steps, [&](const record::ReportStep& step) {
        const bool is_interrupt =
            step.context < finding.contexts.size() && finding.contexts[step.context].is_interrupt;
        return step.preempts && is_interrupt == of_interrupts;
    });
    return is_marked ? " (>)" : "";
}

std::string caption(const ReportFinding& finding) {
    return counted(finding.steps.size(), "step") + ", " +
           counted(static_cast<std::uint64_t>(finding.preemptions), "preemption") + mark(finding, false) +
           ", " + counted(static_cast<std::uint64_t>(finding.interrupts), "interrupt") + mark(finding, true) +
           ":\n";
}

std::string interleaving(const ReportFinding& finding, std::size_t width, bool colours) {
    std::string text = caption(finding);
    for (const InterleavingLine& line : interleaving_lines(finding, width)) {
        text += coloured(line.text, kRed, colours && line.fails) + "\n";
    }
    return text + "\n";
}

// --- the verdict ---

std::uint64_t count(const Report& report, Severity severity) {
    return static_cast<std::uint64_t>(
        std::ranges::count(report.findings, severity, &ReportFinding::severity));
}

std::string results(const Report& report) {
    const std::uint64_t errors = count(report, Severity::error);
    const std::uint64_t warnings = count(report, Severity::warning);
    const std::uint64_t blocked = report.statistics.blocked;
    return (errors == 0 ? "no error" : counted(errors, "error")) +
           (warnings == 0 ? "" : ", " + counted(warnings, "warning")) + " in " +
           counted(report.statistics.executions + blocked, "execution") +
           (blocked == 0 ? "" : " (" + std::to_string(blocked) + " blocked)");
}

std::string bounds(const Report& report) {
    const int irqs = report.bounds.irqs;
    const std::string interrupts =
        irqs == 0 ? "no interrupts"
                  : "at most " + counted(static_cast<std::uint64_t>(irqs), "interrupt") + " a source";
    const auto preemptions = report.bounds.preemptions;
    return "all interleavings with " + interrupts +
           (preemptions ? " and at most " + counted(static_cast<std::uint64_t>(*preemptions), "preemption")
                        : "") +
           (report.bounds.any_timing ? ", at any timing" : "");
}

}  // namespace

std::string text_of(const ReportFinding& finding, const TextStyle& style) {
    const std::size_t width = std::max(style.width, kNarrowest);
    std::string text = coloured(sentence(finding), kBold, style.colours) + "\n\n";
    if (finding.accesses) {
        text += access_lines(finding, width);
    }
    if (!finding.waits.empty()) {
        text += wait_lines(finding);
    }
    if (!finding.steps.empty()) {
        text += interleaving(finding, width, style.colours);
    }
    if (!finding.traceback.empty()) {
        text += indented(finding.traceback);
    }
    if (!finding.replay_path.empty()) {
        text += "replay: heddle replay " + shell_word(escaped(finding.replay_path)) + "\n\n";
    }
    return text;
}

std::string verdict_of(const Report& report) {
    if (report.complete) {
        return results(report) + ": complete, " + bounds(report);
    }
    const std::string end = !report.ended_by.empty()   ? "; ended by " + escaped(report.ended_by)
                            : !report.left_out.empty() ? "; left out: " + escaped(report.left_out)
                                                       : "";
    return (report.verdict == ReportVerdict::unfinished ? "unfinished: " : "") + results(report) + end;
}

std::string text_of(const Report& report, const TextStyle& style) {
    std::string text;
    for (const ReportFinding& finding : report.findings) {
        text += text_of(finding, style);
    }
    if (!report.output.empty()) {
        text += output_lines(report.output);
    }
    if (report.others != 0) {
        text += counted(report.others, "other finding") + " of this execution left out\n";
    }
    return text + verdict_of(report) + "\n";
}

}  // namespace heddle::report
