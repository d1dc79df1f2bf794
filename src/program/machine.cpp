#include "program/machine.hpp"

#include <algorithm>
#include <utility>

#include "bytecode/source_lines.hpp"
#include "host/simulated_board.hpp"
#include "program/places.hpp"
#include "program/text.hpp"

extern "C" {
#include "py/bc0.h"
}

namespace heddle::program {
namespace {

using record::ContextId;

// Functions of heddle.at_end() run there.
constexpr ContextId kMainContext = 0;

/// A step goes on until interrupts are enabled again.
bool is_masked(const ExploredStep& step) noexcept {
    return step.masked_before || std::ranges::any_of(step.accesses, [](const Access& access) {
               return access.kind == PlaceKind::interrupts;
           });
}

/// A method of a container finds what it changes as it is at that moment: pop(), setdefault().
bool is_one_call(const ExploredStep& step) noexcept {
    return !step.is_firing && !step.served_raised && !is_masked(step) && step.ip != nullptr &&
           (*step.ip == MP_BC_CALL_METHOD || *step.ip == MP_BC_CALL_METHOD_VAR_KW);
}

record::FindingKind kind_of(const ExploredStep& step) noexcept {
    const bool waits =
        step.waits_in_handler || step.failed_text.find("would wait for ever") != std::string::npos;
    const bool misuse = step.failed_text.find("release of an unlocked") != std::string::npos;
    return step.is_assertion                                ? record::FindingKind::assertion
           : step.failed_in_handler && step.failed_for_heap ? record::FindingKind::isr_alloc
           : waits                                          ? record::FindingKind::isr_block
           : misuse                                         ? record::FindingKind::lock_misuse
                                                            : record::FindingKind::exception;
}

}  // namespace

ProgramMachine::ProgramMachine(ExploredProgram& program, bool any_timing)
    : program_(program), any_timing_(any_timing) {
    program_.take(initial_);
}

void ProgramMachine::reset() { program_.restore(initial_); }

explore::SnapshotId ProgramMachine::take() {
    explore::SnapshotId id = 0;
    if (unused_.empty()) {
        id = static_cast<explore::SnapshotId>(snapshots_.size());
        snapshots_.push_back(std::make_unique<Snapshot>());
    } else {
        id = unused_.back();
        unused_.pop_back();
    }
    program_.take(*snapshots_[id]);
    return id;
}

void ProgramMachine::restore(explore::SnapshotId snapshot) { program_.restore(*snapshots_[snapshot]); }

void ProgramMachine::drop(explore::SnapshotId snapshot) { unused_.push_back(snapshot); }

std::span<const explore::ContextState> ProgramMachine::contexts() {
    look();
    return states_;
}

void ProgramMachine::watch_more() {
    if (std::exchange(watches_more_, true)) {
        program_.watch_all();
    }
    has_missed_ = false;
}

void ProgramMachine::look() {
    states_.clear();
    bool anybody = false;
    port::Instant earliest = port::kForever;
    port::Instant first_interrupt = port::kForever;
    const auto& contexts = program_.contexts();
    for (const ExploredContext& context : contexts) {
        explore::ContextState& state = states_.emplace_back();
        state.enabled = context.enabled || (any_timing_ && context.sleeps && !context.is_held_up);
        state.idles = context.awaits;
        state.due = context.is_due;
        state.finished = context.finished;
        state.source = context.is_source;
        state.interruptible = context.interruptible;
        state.capped = context.capped;
        const bool is_masked = context.is_source && !context.finished && !context.enabled;
        state.waits = context.disarmed || is_masked || (context.waits_for != 0 && !state.enabled);
        state.at = source_of(context.function, context.ip);
        if (context.disarmed) {
            state.next = {.place = place_of_arming(context.line), .mode = record::Mode::pass};
            state.also_waits_for = kMask;
        } else if (is_masked) {
            state.next = {.place = kMask, .mode = record::Mode::pass};
            state.also_waits_for = place_of_arming(context.line);
        } else if (state.waits) {
            state.next = {.place = context.waits_for, .mode = record::Mode::acquire};
        } else if (context.next != nullptr) {
            state.next = {.place = context.next->place,
                          .mode = mode_of(*context.next, context.next_lock_is_free, any_timing_)};
        }
        state.knows_next = state.waits || context.next != nullptr;
        anybody = anybody || (state.enabled && !context.awaits && !context.is_source);
        earliest = context.sleeps ? std::min(earliest, context.deadline) : earliest;
        first_interrupt = context.is_source ? std::min(first_interrupt, context.deadline) : first_interrupt;
    }
    for (std::size_t i = 0; !anybody && earliest < first_interrupt && i < contexts.size(); ++i) {
        if (contexts[i].sleeps && contexts[i].deadline == earliest) {
            states_[i].enabled = states_[i].sleeps = true;
            states_[i].waits = false;
        }
    }
}

record::Source ProgramMachine::source_of(const mp_obj_fun_bc_t* function, const byte* ip) {
    if (ip == nullptr) {
        return 0;
    }
    RecentSource& recent = recent_sources_[reinterpret_cast<std::uintptr_t>(ip) % recent_sources_.size()];
    if (recent.ip == ip) {
        return recent.source;
    }
    const auto [found, is_new] = sources_.try_emplace(ip, 0);
    if (is_new) {
        const mpy::SourcePlace place = bytecode::source_line_of(*function, ip);
        found->second = source_named(place.file, place.line);
    }
    recent = {ip, found->second};
    return found->second;
}

// The same in all processes of a search, whichever lines they come to first.
record::Source ProgramMachine::source_named(const std::string& file, std::size_t line) {
    std::uint32_t hash = 2166136261;
    for (const char c : file) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
    }
    // Files are few: lines of one file do not meet each other.
    const record::Source source = std::max<record::Source>(hash + static_cast<std::uint32_t>(line), 1);
    lines_.try_emplace(source, SourceLine{file, line});
    return source;
}

void ProgramMachine::note_limit(ContextId context, const ExploredStep& step) {
    failure_text_.clear();
    finding_ = {.kind = step.is_endless ? record::FindingKind::livelock : record::FindingKind::step_limit,
                .context = context,
                .source = source_named(step.failed_file, step.failed_line)};
    record_.finding = &finding_;
}

void ProgramMachine::note_failure(ContextId context, const ExploredStep& step) {
    failure_text_ = step.failed_text;
    finding_ = {.kind = kind_of(step), .context = context, .source = record_.source};
    if (step.failed_line != 0) {
        finding_.source = source_named(step.failed_file, step.failed_line);
    }
    record_.finding = &finding_;
}

const record::StepRecord& ProgramMachine::run(ContextId context) {
    const std::size_t contexts_before = program_.contexts_ever();
    const ExploredStep& step = program_.run(context);
    has_missed_ = has_missed_ || program_.misses_accesses();
    record_ = {};
    record_.source = source_of(step.function, step.ip);
    note_accesses(step);
    if (program_.contexts_ever() > contexts_before) {
        accesses_.push_back({.place = kNumbers, .mode = record::Mode::write});
        tries_ = true;
        record_.started = static_cast<ContextId>(contexts_before);
        record_.more_started = static_cast<ContextId>(program_.contexts_ever() - contexts_before - 1);
    }
    if (step.failed) {
        note_failure(step.failed_context, step);
    }
    if (!step.runs_on && program_.all_have_ended() && program_.finish().failed &&
        record_.finding == nullptr) {
        note_failure(kMainContext, step);
    }
    if (step.runs_on) {
        note_limit(step.failed_context, step);
    }
    record_.fixed = !step.branched && !tries_;
    record_.may_wait = step.may_wait || (step.passed_time && !any_timing_);
    record_.is_firing = step.is_firing;
    record_.is_masked = !step.is_firing && is_masked(step);
    record_.keeps_threads_out = record_.is_masked && host::board_profile().interpreter_lock;
    record_.begins_handler = step.begins_handler;
    record_.ends_handler = step.ends_handler;
    record_.replaces = !is_one_call(step);
    record_.accesses = accesses_;
    note_awaits(step);
    return record_;
}

// Each turn of a loop ends with a jump, where callbacks run.
void ProgramMachine::note_awaits(const ExploredStep& step) {
    awaits_.assign(step.awaits.begin(), step.awaits.end());
    if (!awaits_.empty()) {
        awaits_.push_back(kCallbacks);
    }
    record_.awaits = awaits_;
}

namespace {

WaitPlace place_of(const ExploredWait& wait) {
    WaitPlace place{.lock = wait.lock,
                    .at = {},
                    .holder = wait.holder,
                    .holder_ended = wait.holder_ended,
                    .held_since = {wait.held_file, wait.held_line}};
    if (wait.function != nullptr) {
        const mpy::SourcePlace at = bytecode::source_line_of(*wait.function, wait.ip);
        place.at = {at.file, at.line};
    }
    return place;
}

}  // namespace

WaitPlace ProgramMachine::wait_of(ContextId context) const { return place_of(program_.wait_of(context)); }

WaitPlace ProgramMachine::wait_for(record::Place lock) const {
    return place_of(program_.wait_for(places_.at(lock)));
}

std::string ProgramMachine::name_of_place(record::Place place) const {
    const auto found = places_.find(place);
    return found == places_.end() ? "something" : program::name_of_place(found->second);
}

bool ProgramMachine::is_of_kind(record::Place place, std::initializer_list<PlaceKind> kinds) const {
    const auto found = places_.find(place);
    return found != places_.end() && std::ranges::find(kinds, found->second.kind) != kinds.end();
}

bool ProgramMachine::is_variable(record::Place place) const {
    return is_of_kind(place, {PlaceKind::global, PlaceKind::attribute, PlaceKind::item, PlaceKind::cell});
}

bool ProgramMachine::is_update(const record::Trace& trace, const explore::Replacement& write) {
    return is_variable(write.place) &&
           updates_.is_one(*this, trace, write, orders_others_behind_read(trace, write));
}

// Besides the place itself. What only the search knows of, such as who stops for whom, does not count.
bool ProgramMachine::orders_others_behind_read(const record::Trace& trace,
                                               const explore::Replacement& write) const {
    std::vector<record::Touch> own;
    for (std::size_t i = write.last_read; i < write.step; ++i) {
        const bool is_own = trace[i].context == trace[write.step].context;
        for (const record::Touch& touch : trace.touches(trace[i])) {
            const record::Place place = trace.shapes().place(touch.place);
            if (place == write.place || !places_.contains(place)) {
                continue;
            }
            if (is_own) {
                own.push_back(touch);
            } else if (std::ranges::any_of(own, [&touch](const record::Touch& one) {
                           return one.place == touch.place && record::conflict(one.mode, touch.mode);
                       })) {
                return true;
            }
        }
    }
    return false;
}

bool ProgramMachine::is_data(record::Place place) const {
    return is_variable(place) ||
           is_of_kind(place, {PlaceKind::content, PlaceKind::shape, PlaceKind::bytes}) ||
           (deques_.contains(place) && !host::board_profile().interpreter_lock);
}

bool ProgramMachine::changes_by_itself(record::Place place) const {
    return is_of_kind(place, {PlaceKind::pin});
}

bool ProgramMachine::is_lock(record::Place place) const { return is_of_kind(place, {PlaceKind::lock}); }

bool ProgramMachine::breaks(const record::Finding& race) const {
    return race.kind == record::FindingKind::data_race && !host::board_profile().interpreter_lock &&
           (is_of_kind(race.place, {PlaceKind::shape}) || deques_.contains(race.place));
}

const SourceLine* ProgramMachine::line_of(record::Source source) const noexcept {
    const auto found = lines_.find(source);
    return found == lines_.end() ? nullptr : &found->second;
}

}  // namespace heddle::program
