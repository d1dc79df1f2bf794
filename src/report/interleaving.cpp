#include "report/interleaving.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "report/display.hpp"

namespace heddle::report {
namespace {

using record::ContextId;
using record::kNoContext;
using record::ReportAccess;
using record::ReportFinding;
using record::ReportStep;

constexpr std::size_t kLastSteps = 12;
constexpr std::size_t kMostSteps = 40;
constexpr std::size_t kMargin = 3;
constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowestColumn = 16;
constexpr std::size_t kWidestName = 24;

bool is_at(const ReportStep& step, const ReportAccess& access) {
    return step.context == access.context && step.line == access.line && step.file == access.file &&
           (access.what.empty() || step.what == access.what);
}

bool is_at_a_switch(const std::vector<ReportStep>& steps, std::size_t i) {
    return (i > 0 && steps[i - 1].context != steps[i].context) ||
           (i + 1 < steps.size() && steps[i + 1].context != steps[i].context);
}

void keep_accesses(const ReportFinding& finding, std::vector<bool>& kept) {
    if (!finding.accesses) {
        return;
    }
    for (const ReportAccess& access : *finding.accesses) {
        for (std::size_t i = finding.steps.size(); i-- > 0;) {
            if (is_at(finding.steps[i], access)) {
                kept[i] = true;
                break;
            }
        }
    }
}

bool is_same_line(const ReportStep& a, const ReportStep& b) {
    return a.context == b.context && a.line == b.line && a.file == b.file;
}

struct Row {
    ContextId context = kNoContext;  ///< none: it goes over all columns
    bool preempts = false;
    bool fails = false;
    bool is_last = false;
    std::string text;
};

/// The line's number, with the file's name if that is not the finding's.
std::string place_of(const ReportStep& step, const ReportFinding& finding) {
    if (step.line == 0) {
        return "";
    }
    return (step.file == finding.file ? "" : escaped(step.file) + ":") + std::to_string(step.line) + " ";
}

class Rows {
  public:
    explicit Rows(const ReportFinding& finding) : finding_(finding) {
        std::size_t next = 0;
        for (const std::size_t index : steps_that_matter(finding)) {
            if (index > next) {
                rows_.push_back({.text = "... " + counted(index - next, "step") + " left out"});
                before_ = nullptr;
            }
            add(finding.steps[index], index + 1 == finding.steps.size());
            next = index + 1;
        }
    }

    [[nodiscard]] std::vector<Row> take() && { return std::move(rows_); }

  private:
    void add(const ReportStep& step, bool is_last) {
        const std::size_t first = rows_.size();
        const std::string place = place_of(step, finding_);
        if (before_ == nullptr || !is_same_line(*before_, step)) {
            const std::string line = place + escaped(step.source_text);
            indent_ = std::min<std::size_t>(width_of(place), 5);
            if (!line.empty()) {
                rows_.push_back({.context = step.context, .text = line});
                indent_ += 2;
            }
        }
        if (!step.what.empty()) {
            rows_.push_back(
                {.context = step.context, .text = std::string(indent_, ' ') + escaped(step.what)});
        }
        before_ = &step;
        mark(first, step.preempts, is_last);
    }

    void mark(std::size_t first, bool preempts, bool is_last) {
        if (first < rows_.size()) {
            rows_[first].preempts = preempts;
        }
        if (is_last && !rows_.empty()) {
            for (std::size_t i = std::min(first, rows_.size() - 1); i < rows_.size(); ++i) {
                rows_[i].fails = true;
            }
            rows_.back().is_last = true;
        }
    }

    const ReportFinding& finding_;
    const ReportStep* before_ = nullptr;
    std::size_t indent_ = 0;
    std::vector<Row> rows_;
};

std::string name_of(const ReportFinding& finding, ContextId context) {
    return context < finding.contexts.size() ? escaped(finding.contexts[context].name)
                                             : "context " + std::to_string(context);
}

/// Those that have a row, by number.
std::vector<ContextId> contexts_of(const std::vector<Row>& rows) {
    std::vector<ContextId> contexts;
    for (const Row& row : rows) {
        if (row.context != kNoContext) {
            contexts.push_back(row.context);
        }
    }
    std::ranges::sort(contexts);
    contexts.erase(std::unique(contexts.begin(), contexts.end()), contexts.end());
    return contexts;
}

std::string margin_of(const Row& row) { return {row.preempts ? '>' : ' ', row.is_last ? '!' : ' ', ' '}; }

std::string without_end_spaces(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

struct Column {
    ContextId context;
    std::string name;
    std::size_t wanted = 0;
    std::size_t width = 0;
};

std::size_t widest(const std::vector<Row>& rows, ContextId context) {
    std::size_t width = 0;
    for (const Row& row : rows) {
        width = row.context == context ? std::max(width, width_of(row.text)) : width;
    }
    return width;
}

std::vector<Column> columns_of(const ReportFinding& finding, const std::vector<Row>& rows,
                               std::size_t width) {
    std::vector<Column> columns;
    std::vector<std::size_t> wanted;
    for (const ContextId context : contexts_of(rows)) {
        const std::string name = name_of(finding, context);
        wanted.push_back(std::max(width_of(name), widest(rows, context)));
        columns.push_back({context, name, wanted.back()});
    }
    const std::size_t between = columns.empty() ? 0 : (columns.size() - 1) * kGap;
    const auto widths = shared_widths(wanted, width > between ? width - between : 0);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i].width = widths[i];
    }
    return columns;
}

bool has_room(const std::vector<Column>& columns) {
    return std::ranges::all_of(columns, [](const Column& column) {
        return column.width >= std::min(column.wanted, kNarrowestColumn);
    });
}

std::string head(const std::vector<Column>& columns) {
    std::string line(kMargin, ' ');
    for (const Column& column : columns) {
        line += fitted(column.name, column.width) + std::string(kGap, ' ');
    }
    return without_end_spaces(line);
}

std::string in_its_column(const Row& row, const std::vector<Column>& columns) {
    std::string line = margin_of(row);
    for (const Column& column : columns) {
        if (column.context == row.context) {
            return line + cut(row.text, column.width);
        }
        line.append(column.width + kGap, ' ');
    }
    return margin_of(row) + row.text;
}

std::vector<InterleavingLine> in_columns(const std::vector<Row>& rows, const std::vector<Column>& columns) {
    std::vector<InterleavingLine> lines{{head(columns), false}};
    for (const Row& row : rows) {
        lines.push_back({without_end_spaces(in_its_column(row, columns)), row.fails});
    }
    return lines;
}

std::vector<InterleavingLine> behind_names(const std::vector<Row>& rows, const ReportFinding& finding,
                                           std::size_t width) {
    std::size_t names = 0;
    for (const ContextId context : contexts_of(rows)) {
        names = std::max(names, std::min(width_of(name_of(finding, context)), kWidestName));
    }
    std::vector<InterleavingLine> lines;
    ContextId before = kNoContext;
    for (const Row& row : rows) {
        std::string line = margin_of(row);
        if (row.context != kNoContext) {
            line += fitted(row.context == before ? "" : name_of(finding, row.context), names) + "  ";
        }
        before = row.context;
        lines.push_back({without_end_spaces(cut(line + row.text, width + kMargin)), row.fails});
    }
    return lines;
}

}  // namespace

std::vector<std::size_t> steps_that_matter(const ReportFinding& finding) {
    const std::size_t count = finding.steps.size();
    std::vector<bool> kept(count);
    keep_accesses(finding, kept);
    for (std::size_t i = count, shown = 0; i-- > 0 && shown < kMostSteps;) {
        if (count - i <= kLastSteps || is_at_a_switch(finding.steps, i)) {
            kept[i] = true;
            ++shown;
        }
    }
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < count; ++i) {
        // To say that one is left out takes as much room as the step.
        const bool lone = i > 0 && i + 1 < count && kept[i - 1] && kept[i + 1];
        if (kept[i] || lone) {
            indices.push_back(i);
        }
    }
    return indices;
}

std::vector<InterleavingLine> interleaving_lines(const ReportFinding& finding, std::size_t width) {
    const std::vector<Row> rows = Rows(finding).take();
    if (rows.empty()) {
        return {};
    }
    const std::size_t room = width > kMargin ? width - kMargin : 0;
    const auto columns = columns_of(finding, rows, room);
    return has_room(columns) ? in_columns(rows, columns) : behind_names(rows, finding, room);
}

}  // namespace heddle::report
