#include "host/program_machine.hpp"

#include <algorithm>

#include "host/explored_text.hpp"
#include "host/simulated_board.hpp"

extern "C" {
#include "py/bc0.h"
}

namespace heddle::host {
namespace {

using record::ContextId;

// That time has passed: it does only when nobody else can go on.
constexpr record::Place kTime = 1;

// The interrupt mask.
constexpr record::Place kMask = 2;

record::Mode mode_of(const Access& access, bool took) noexcept {
    switch (access.mode) {
        case Mode::read:
        case Mode::look:
            return record::Mode::read;
        case Mode::update:
            return record::Mode::update;
        case Mode::acquire:
            return record::Mode::acquire;
        case Mode::acquire_for:
        case Mode::try_acquire:
            return took ? record::Mode::hold : record::Mode::read;
        case Mode::release:
            return record::Mode::release;
        case Mode::write:
        case Mode::start:
            break;
    }
    return record::Mode::write;
}

bool is_deque(const Access& access) noexcept {
    return access.kind == PlaceKind::state &&
           mp_obj_get_type(MP_OBJ_FROM_PTR(access.object))->name == MP_QSTR_deque;
}

/// A method of a container finds what it changes as it is at that moment: pop(), setdefault().
bool is_one_call(const ExploredStep& step) noexcept {
    const bool is_masked =
        step.is_firing || step.masked_before || std::ranges::any_of(step.accesses, [](const Access& access) {
            return access.kind == PlaceKind::interrupts;
        });
    return !is_masked && step.ip != nullptr &&
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

ProgramMachine::ProgramMachine(ExploredProgram& program) : program_(program) {
    program_.take(initial_);
    lines_.emplace_back();
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

void ProgramMachine::look() {
    states_.clear();
    bool anybody = false;
    port::Instant earliest = port::kForever;
    const auto& contexts = program_.contexts();
    for (const ExploredContext& context : contexts) {
        explore::ContextState& state = states_.emplace_back();
        state.enabled = context.enabled;
        state.finished = context.finished;
        state.source = context.is_source;
        state.capped = context.capped;
        state.waits = context.waits_for != 0;
        state.at = source_of(context.function, context.ip);
        if (state.waits) {
            state.next = {.place = context.waits_for, .mode = record::Mode::acquire};
        } else if (context.next != nullptr) {
            state.next = {.place = context.next->place,
                          .mode = mode_of(*context.next, context.next_lock_is_free)};
        }
        state.knows_next = state.waits || context.next != nullptr;
        anybody = anybody || context.enabled;
        earliest = context.sleeps ? std::min(earliest, context.deadline) : earliest;
    }
    for (std::size_t i = 0; !anybody && i < contexts.size(); ++i) {
        states_[i].enabled = contexts[i].sleeps && contexts[i].deadline == earliest;
    }
}

void ProgramMachine::note_accesses(const ExploredStep& step, bool anybody_sleeps) {
    accesses_.clear();
    for (const Access& access : step.accesses) {
        if (access.kind == PlaceKind::interrupts) {
            continue;
        }
        accesses_.push_back({.place = access.place, .mode = mode_of(access, step.lock_was_free)});
        if (places_.try_emplace(access.place, access).second && is_deque(access)) {
            deques_.insert(access.place);
        }
    }
    if (step.masked_before == step.unmasked && !step.is_firing) {
        accesses_.push_back(
            {.place = kMask, .mode = step.unmasked ? record::Mode::release : record::Mode::hold});
    }
    if (step.is_firing) {
        accesses_.push_back({.place = kMask, .mode = record::Mode::pass});
    }
    if (step.woke_in_time) {
        accesses_.push_back({.place = kTime, .mode = record::Mode::write, .follows = true});
    } else if (anybody_sleeps) {
        accesses_.push_back({.place = kTime, .mode = record::Mode::update});
    }
}

record::Source ProgramMachine::source_of(const mp_obj_fun_bc_t* function, const byte* ip) {
    if (ip == nullptr) {
        return 0;
    }
    const auto [found, is_new] = sources_.try_emplace(ip, 0);
    if (is_new) {
        const mpy::SourcePlace place = mpy::place_of(*function, ip);
        found->second = source_named(place.file, place.line);
    }
    return found->second;
}

record::Source ProgramMachine::source_named(const std::string& file, std::size_t line) {
    for (std::size_t i = 1; i < lines_.size(); ++i) {
        if (lines_[i].line == line && lines_[i].file == file) {
            return static_cast<record::Source>(i);
        }
    }
    lines_.push_back({file, line});
    return static_cast<record::Source>(lines_.size() - 1);
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
    const bool anybody_sleeps = program_.anybody_sleeps();
    const std::size_t contexts_before = program_.contexts_ever();
    const ExploredStep& step = program_.run(context);
    record_ = {};
    record_.source = source_of(step.function, step.ip);
    note_accesses(step, anybody_sleeps);
    if (program_.contexts_ever() > contexts_before) {
        record_.started = static_cast<ContextId>(contexts_before);
    }
    if (step.failed) {
        note_failure(context, step);
    }
    if (program_.all_have_ended() && program_.finish().failed && record_.finding == nullptr) {
        note_failure(context, step);
    }
    record_.fixed = !step.branched;
    record_.replaces = !is_one_call(step);
    record_.accesses = accesses_;
    record_.awaits = step.awaits;
    return record_;
}

WaitPlace ProgramMachine::wait_of(ContextId context) const {
    const ExploredWait wait = program_.wait_of(context);
    WaitPlace place{
        .lock = wait.lock, .at = {}, .holder = wait.holder, .held_since = {wait.held_file, wait.held_line}};
    if (wait.function != nullptr) {
        const mpy::SourcePlace at = mpy::place_of(*wait.function, wait.ip);
        place.at = {at.file, at.line};
    }
    return place;
}

std::string ProgramMachine::name_of_place(record::Place place) const {
    const auto found = places_.find(place);
    return found == places_.end() ? "something" : host::name_of_place(found->second);
}

bool ProgramMachine::is_of_kind(record::Place place, std::initializer_list<PlaceKind> kinds) const {
    const auto found = places_.find(place);
    return found != places_.end() && std::ranges::find(kinds, found->second.kind) != kinds.end();
}

bool ProgramMachine::is_variable(record::Place place) const {
    return is_of_kind(place, {PlaceKind::global, PlaceKind::attribute, PlaceKind::item, PlaceKind::cell});
}

bool ProgramMachine::is_data(record::Place place) const {
    return is_variable(place) ||
           is_of_kind(place, {PlaceKind::content, PlaceKind::shape, PlaceKind::bytes}) ||
           (deques_.contains(place) && !board_profile().interpreter_lock);
}

bool ProgramMachine::is_lock(record::Place place) const { return is_of_kind(place, {PlaceKind::lock}); }

bool ProgramMachine::breaks(const record::Finding& race) const {
    return race.kind == record::FindingKind::data_race && !board_profile().interpreter_lock &&
           (is_of_kind(race.place, {PlaceKind::shape}) || deques_.contains(race.place));
}

const SourceLine* ProgramMachine::line_of(record::Source source) const noexcept {
    return source == 0 || source >= lines_.size() ? nullptr : &lines_[source];
}

}  // namespace heddle::host
