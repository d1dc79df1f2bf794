#include "program/check_words.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <utility>

#include "explore/detect/deadlock.hpp"
#include "explore/search.hpp"
#include "program/touches.hpp"

namespace heddle::program {
namespace {

using record::FindingKind;
using record::ReportFinding;

/// Lines of the files that a report names.
class SourceText {
  public:
    std::string line(const std::string& file, std::size_t number) {
        const std::vector<std::string>& lines = lines_of(file);
        return number == 0 || number > lines.size() ? "" : trimmed(lines[number - 1]);
    }

  private:
    const std::vector<std::string>& lines_of(const std::string& file) {
        const auto [found, is_new] = files_.try_emplace(file);
        if (is_new) {
            std::ifstream in(file);
            for (std::string line; std::getline(in, line);) {
                found->second.push_back(line);
            }
        }
        return found->second;
    }

    static std::string trimmed(const std::string& line) {
        const std::size_t first = line.find_first_not_of(" \t");
        const std::size_t last = line.find_last_not_of(" \t\r");
        return first == std::string::npos ? "" : line.substr(first, last - first + 1);
    }

    std::map<std::string, std::vector<std::string>> files_;
};

std::string name_in(const ReportFinding& report, record::ContextId context) {
    return context < report.contexts.size() ? report.contexts[context].name : "somebody";
}

constexpr const char* kFires = "fires";
constexpr std::size_t kNowhere = SIZE_MAX;

/// Beside a step of the report.
struct Row {
    record::Source source = 0;  ///< of the machine's step that it is a part of
    ToldTouch touch{};
    std::vector<record::Place> held{};  ///< locks, by the context before it
};

/// Runs the schedule from the beginning, and writes down each step.
class Teller {
  public:
    Teller(ProgramMachine& machine, const record::Finding& finding) : machine_(machine), finding_(finding) {
        report_.kind = finding.kind;
        report_.severity = explore::is_error(finding) ? record::Severity::error : record::Severity::warning;
        if (const SourceLine* line = machine.line_of(finding.source); line != nullptr) {
            report_.file = report_.step_file = line->file;
            report_.line = report_.step_line = line->line;
        }
    }

    ReportFinding tell(const record::Schedule& schedule) {
        machine_.reset();
        for (const record::ContextId context : schedule) {
            if (!run(context)) {
                break;
            }
        }
        tell_accesses();
        tell_waits();
        report_.message = sentence();
        return std::move(report_);
    }

    ReportFinding tell_crash(const record::Schedule& schedule, int signal) {
        machine_.reset();
        for (std::size_t i = 0; i + 1 < schedule.size() && run(schedule[i]); ++i) {
        }
        const record::ContextId last = schedule.back();
        if (begin_step(last)) {
            record::ReportStep& step = report_.steps.back();
            place(step.file, step.line, step.source_text, finding_.source);
        }
        report_.message = "the interpreter crashes: ";
        report_.message += strsignal(signal);
        report_.message += " (signal " + std::to_string(signal) + ") in " + name_in(report_, last);
        return std::move(report_);
    }

  private:
    // Adds the step, which has not run.
    bool begin_step(record::ContextId context) {
        const auto states = machine_.contexts();
        if (context >= states.size() || !states[context].enabled) {
            return false;
        }
        note_names(states.size());
        const bool could_go_on = thread_ < states.size() && thread_ != context && states[thread_].enabled &&
                                 !states[thread_].idles && !states[thread_].sleeps;
        report_.interrupts += states[context].source ? 1 : 0;
        report_.preemptions += could_go_on && !states[context].source ? 1 : 0;
        const bool fires = states[context].source;
        report_.contexts[context].is_interrupt |= fires;
        record::ReportStep step{
            .context = context, .what = machine_.words_of_next(context), .preempts = could_go_on};
        thread_ = states[context].source ? thread_ : context;
        step.what += step.what.empty() && fires ? kFires : "";
        report_.steps.push_back(std::move(step));
        return true;
    }

    bool run(record::ContextId context) {
        if (!begin_step(context)) {
            return false;
        }
        const bool is_told = report_.steps.back().what != kFires;
        static_cast<void>(touches_.take());
        const record::StepRecord& ran = machine_.run(context);
        record::ReportStep& step = report_.steps.back();
        place(step.file, step.line, step.source_text, ran.source);
        rows_.push_back({.source = ran.source, .held = held_by(context)});
        add_touches(context, ran.source, is_told);
        note_locks(context, ran);
        note_names(machine_.contexts().size());
        if (ran.finding != nullptr) {
            report_.traceback = machine_.failure_text();
            is_endless_step_ = ran.finding->kind == FindingKind::livelock;
        }
        return true;
    }

    // `is_told`: the first one has its row.
    void add_touches(record::ContextId context, record::Source source, bool is_told) {
        std::vector<record::Place> held = rows_.back().held;
        for (ToldTouch& touch : touches_.take()) {
            const record::Place taken = touch.taken;
            const record::Place freed = touch.freed;
            if (std::exchange(is_told, false)) {
                rows_.back().touch = std::move(touch);
            } else if (!touch.words.empty()) {
                report_.steps.push_back({.context = context,
                                         .file = touch.file,
                                         .line = touch.line,
                                         .source_text = text_.line(touch.file, touch.line),
                                         .what = touch.words});
                rows_.push_back({.source = source, .touch = std::move(touch), .held = held});
            }
            std::erase(held, freed);
            if (taken != 0) {
                held.push_back(taken);
            }
        }
    }

    [[nodiscard]] std::vector<record::Place> held_by(record::ContextId context) const {
        std::vector<record::Place> held;
        for (const auto& [lock, taker] : takers_) {
            if (taker == context) {
                held.push_back(lock);
            }
        }
        return held;
    }

    void note_names(std::size_t count) {
        while (report_.contexts.size() < count) {
            const auto context = static_cast<record::ContextId>(report_.contexts.size());
            report_.contexts.push_back({.name = machine_.name_of(context), .is_interrupt = false});
        }
    }

    void place(std::string& file, std::size_t& line, std::string& source_text, record::Source source) {
        if (const SourceLine* found = machine_.line_of(source); found != nullptr) {
            file = found->file;
            line = found->line;
            source_text = text_.line(file, line);
        }
    }

    // Of the last step from there, the last row that writes the finding's place; else the first that reads
    // it.
    [[nodiscard]] std::size_t row_of(record::Source source, record::ContextId context) const {
        std::size_t found = kNowhere;
        for (std::size_t i = rows_.size(); i-- > 0;) {
            if (rows_[i].source != source || report_.steps[i].context != context) {
                if (found != kNowhere) {
                    break;
                }
            } else if (std::ranges::find(rows_[i].touch.written, finding_.place) !=
                       rows_[i].touch.written.end()) {
                return i;
            } else if (found == kNowhere ||
                       std::ranges::find(rows_[i].touch.read, finding_.place) != rows_[i].touch.read.end()) {
                found = i;
            }
        }
        return found;
    }

    [[nodiscard]] record::ReportAccess access_at(record::Source source, record::ContextId context) {
        record::ReportAccess access{.context = context};
        place(access.file, access.line, access.source_text, source);
        if (const std::size_t row = row_of(source, context); row != kNowhere) {
            const record::ReportStep& step = report_.steps[row];
            access.file = step.file;
            access.line = step.line;
            access.source_text = step.source_text;
            access.what = step.what;
            for (const record::Place lock : rows_[row].held) {
                access.locks.push_back(machine_.name_of_place(lock));
            }
        }
        return access;
    }

    void tell_accesses() {
        const bool has_two =
            finding_.kind == FindingKind::lost_update || finding_.kind == FindingKind::data_race;
        if (has_two && finding_.other != record::kNoContext) {
            report_.accesses = {access_at(finding_.other_source, finding_.other),
                                access_at(finding_.source, finding_.context)};
            report_.file = report_.accesses->at(1).file;
            report_.line = report_.accesses->at(1).line;
        }
    }

    void note_locks(record::ContextId context, const record::StepRecord& ran) {
        for (const record::Access& access : ran.accesses) {
            if (!machine_.is_lock(access.place)) {
                continue;
            }
            last_lock_ = access.place;
            if (!record::only_looks(access.mode)) {
                takers_[access.place] = record::takes(access.mode) ? context : record::kNoContext;
            }
        }
    }

    void tell_waits() {
        if (finding_.kind == FindingKind::isr_block && last_lock_ != 0) {
            return tell_wait_of_handler();
        }
        if (finding_.kind != FindingKind::deadlock) {
            return;
        }
        const auto states = machine_.contexts();
        for (std::size_t i = 0; i < states.size(); ++i) {
            const auto context = static_cast<record::ContextId>(i);
            const auto& state = states[i];
            if (!state.enabled && !state.finished && !state.source) {
                add_wait(context, machine_.wait_of(context), state.waits ? state.next.place : 0);
                add_interrupted(machine_.host_of(context), context);
            }
        }
    }

    // The handler is over by now; what it found taken still is.
    void tell_wait_of_handler() {
        WaitPlace where = machine_.wait_for(last_lock_);
        where.at = {report_.file, report_.line};
        add_wait(finding_.context, where, last_lock_);
        add_interrupted(where.holder, finding_.context);
    }

    void add_wait(record::ContextId context, const WaitPlace& where, record::Place lock) {
        const auto taker = takers_.find(lock);
        const bool is_known = taker != takers_.end() && taker->second != record::kNoContext;
        report_.waits.push_back({.context = context,
                                 .lock = where.lock,
                                 .file = where.at.file,
                                 .line = where.at.line,
                                 .holder = is_known ? taker->second : where.holder,
                                 .holder_ended = where.holder_ended,
                                 .held_file = where.held_since.file,
                                 .held_line = where.held_since.line});
    }

    // Who cannot go on before the other one is over.
    void add_interrupted(record::ContextId context, record::ContextId by) {
        if (context == record::kNoContext || context == by) {
            return;
        }
        record::ReportWait wait{.context = context, .holder = by};
        for (const record::ReportStep& step : report_.steps) {
            if (step.context == context) {
                wait.file = step.file;
                wait.line = step.line;
            }
        }
        report_.waits.push_back(std::move(wait));
    }

    [[nodiscard]] std::string last_place() const {
        for (std::size_t i = report_.steps.size(); i-- != 0;) {
            if (const record::ReportStep& step = report_.steps[i]; step.line != 0) {
                return ": at last " + name_in(report_, step.context) + " is at " + step.file + ":" +
                       std::to_string(step.line);
            }
        }
        return "";
    }

    [[nodiscard]] std::string sentence() const {
        const std::string who = name_in(report_, finding_.context);
        const std::string what = machine_.name_of_place(finding_.place);
        switch (finding_.kind) {
            case FindingKind::lost_update:
                return who + " overwrites what " + name_in(report_, finding_.other) + " has written to " +
                       what + " since it read it";
            case FindingKind::data_race:
                return who + " and " + name_in(report_, finding_.other) + " access " + what +
                       " with nothing that orders them";
            case FindingKind::deadlock:
                return report_.waits.size() < 2 ? "a wait that nobody can end" : "waits that nobody can end";
            case FindingKind::lock_order:
                return "locks are taken in orders that could wait for each other";
            case FindingKind::livelock:
                return is_endless_step_ ? who + " waits in a loop for ever, and nothing can come between"
                                        : "loops wait for each other for ever";
            case FindingKind::step_limit:
                return finding_.source == 0 ? "an execution that does not end" + last_place()
                                            : who + " runs on without coming to a step";
            case FindingKind::isr_alloc:
                return "in a hard handler, " + report_.traceback;
            case FindingKind::isr_block:
                return "a handler waits: " + report_.traceback;
            case FindingKind::lock_misuse:
                return finding_.severity == record::Severity::warning ? who + " ends while it holds " + what
                                                                      : report_.traceback + " in " + who;
            case FindingKind::exception:
            case FindingKind::assertion:
                break;
        }
        return report_.traceback + " in " + who;
    }

    ProgramMachine& machine_;
    const record::Finding& finding_;
    ReportFinding report_;
    SourceText text_;
    std::vector<Row> rows_;
    ToldTouches touches_;
    record::ContextId thread_ = record::kNoContext;
    bool is_endless_step_ = false;
    std::map<record::Place, record::ContextId> takers_;  // of locks
    record::Place last_lock_ = 0;
};

}  // namespace

ReportFinding tell_finding(ProgramMachine& machine, const record::Finding& finding,
                           const record::Schedule& schedule) {
    return Teller(machine, finding).tell(schedule);
}

ReportFinding tell_crash(ProgramMachine& machine, const record::Finding& finding,
                         const record::Schedule& schedule, int signal) {
    return Teller(machine, finding).tell_crash(schedule, signal);
}

}  // namespace heddle::program
