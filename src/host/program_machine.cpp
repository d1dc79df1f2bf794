#include "host/program_machine.hpp"

#include <algorithm>
#include <utility>

#include "host/explored_text.hpp"
#include "host/simulated_board.hpp"

extern "C" {
#include "py/bc0.h"
}

namespace heddle::host {
namespace {

using record::ContextId;

// The interrupt mask.
constexpr record::Place kMask = 2;

// The queue of scheduled callbacks.
constexpr record::Place kCallbacks = 3;

// Whether one runs: then no other begins.
constexpr record::Place kCallbackRuns = 4;

// How many threads there are.
constexpr record::Place kThreads = 5;

// The levels of pins that are watched.
constexpr record::Place kLevels = 7;

// Whatever a step may touch that nobody can tell.
constexpr record::Place kAnything = 6;

/// A thread stops for a callback, and goes on after it.
constexpr record::Place stop_of(thread::ThreadId thread) noexcept { return 0x100 + thread; }

/// Whether the source is armed: taken while it is not.
constexpr record::Place place_of_arming(board::SourceId line) noexcept { return 0x20000 + line; }

/// Which sources of a priority may fire: handlers below them are no blocks then.
constexpr record::Place place_of_urgent(board::Priority priority) noexcept { return 0x30000 + priority; }

/// A handler that is no block.
constexpr record::Place place_of_handler(board::SourceId line) noexcept { return 0x10000 + line; }

record::Mode mode_of(const Access& access, bool took, bool any_timing) noexcept {
    switch (access.mode) {
        case Mode::read:
        case Mode::look:
            return record::Mode::read;
        case Mode::update:
            return record::Mode::update;
        case Mode::acquire:
            return record::Mode::acquire;
        case Mode::acquire_for:
            // Where time stands still, it waits as long as anybody can go on.
            return !took ? record::Mode::give_up : any_timing ? record::Mode::hold : record::Mode::acquire;
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

record::Place place_of(const Access& access) noexcept {
    switch (access.kind) {
        case PlaceKind::schedule:
            return kCallbacks;
        case PlaceKind::thread:
            return kThreads;
        case PlaceKind::anything:
            return kAnything;
        default:
            return access.place;
    }
}

/// Does what an opcode touches follow from what this place holds, or this opcode's from what others hold?
bool varies(const Access& access) noexcept {
    const bool decides = access.kind == PlaceKind::shape || access.kind == PlaceKind::state;
    return access.varies || (decides && access.mode == Mode::write);
}

bool is_deque(const Access& access) noexcept {
    return access.kind == PlaceKind::state &&
           mp_obj_get_type(MP_OBJ_FROM_PTR(access.object))->name == MP_QSTR_deque;
}

/// A method of a container finds what it changes as it is at that moment: pop(), setdefault().
bool is_one_call(const ExploredStep& step) noexcept {
    const bool is_masked = step.is_firing || step.served_raised || step.masked_before ||
                           std::ranges::any_of(step.accesses, [](const Access& access) {
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
        state.finished = context.finished;
        state.source = context.is_source;
        state.capped = context.capped;
        const bool is_masked = context.is_source && !context.finished && !context.enabled;
        state.waits = context.disarmed || is_masked || (context.waits_for != 0 && !state.enabled);
        state.at = source_of(context.function, context.ip);
        if (context.disarmed) {
            state.next = {.place = place_of_arming(context.line), .mode = record::Mode::pass};
        } else if (is_masked) {
            state.next = {.place = kMask, .mode = record::Mode::pass};
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
            states_[i].enabled = true;
            states_[i].waits = false;
        }
    }
}

void ProgramMachine::note_accesses(const ExploredStep& step) {
    accesses_.clear();
    tries_ = false;
    for (const Access& access : step.accesses) {
        if (access.kind == PlaceKind::interrupts) {
            continue;
        }
        const record::Mode mode = mode_of(access, step.lock_was_free, any_timing_);
        add_access({.place = place_of(access), .mode = mode, .follows = mode == record::Mode::give_up});
        tries_ =
            tries_ || access.mode == Mode::try_acquire || access.mode == Mode::acquire_for || varies(access);
        note_place(access);
    }
    if (step.masked_before == step.unmasked && !step.is_firing) {
        accesses_.push_back(
            {.place = kMask, .mode = step.unmasked ? record::Mode::release : record::Mode::hold});
    }
    if (std::ranges::any_of(step.accesses, [](const Access& access) {
            return access.kind == PlaceKind::pin && access.mode == Mode::read;
        })) {
        accesses_.push_back({.place = kLevels, .mode = record::Mode::read});
    }
    if (step.is_firing) {
        note_level(step);
        accesses_.push_back({.place = kMask, .mode = record::Mode::pass});
        // Who disarms the source has seen what its handler did.
        accesses_.push_back(
            {.place = place_of_arming(step.handler), .mode = record::Mode::update, .follows = true});
    }
    for (const board::SourceId line : step.arms) {
        accesses_.push_back({.place = place_of_arming(line), .mode = record::Mode::release});
    }
    for (const board::SourceId line : step.disarms) {
        accesses_.push_back({.place = place_of_arming(line), .mode = record::Mode::hold});
    }
    for (const board::SourceId line : step.finds_disarmed) {
        accesses_.push_back({.place = place_of_arming(line), .mode = record::Mode::pass});
    }
    tries_ = tries_ || !step.disarms.empty() || !step.finds_disarmed.empty();
    note_handlers(step);
    note_callbacks(step);
    note_threads(step);
    note_anything(step);
    note_time(step);
}

void ProgramMachine::note_place(const Access& access) {
    record::Place& recent = recent_places_[access.place % recent_places_.size()];
    if (recent == access.place) {
        return;
    }
    recent = access.place;
    if (places_.try_emplace(access.place, access).second && is_deque(access)) {
        deques_.insert(access.place);
    }
}

/// A write of a place that the step touches already takes the other access's place.
void ProgramMachine::add_access(const record::Access& access) {
    for (record::Access& known : accesses_) {
        if (known.place == access.place && access.place == kCallbacks) {
            known = record::only_looks(known.mode) ? access : known;
            return;
        }
    }
    accesses_.push_back(access);
}

void ProgramMachine::note_handlers(const ExploredStep& step) {
    for (const board::SourceId line : step.passes) {
        accesses_.push_back({.place = place_of_handler(line), .mode = record::Mode::pass});
    }
    for (const board::Priority priority : step.urgent) {
        accesses_.push_back({.place = place_of_urgent(priority), .mode = record::Mode::update});
    }
    for (const board::Priority priority : step.above) {
        accesses_.push_back({.place = place_of_urgent(priority), .mode = record::Mode::read});
    }
    if (step.begins_handler || step.ends_handler) {
        const record::Mode mode = step.begins_handler ? record::Mode::hold : record::Mode::release;
        accesses_.push_back({.place = place_of_handler(step.handler), .mode = mode});
    }
}

// Who stops for a callback comes before it, and goes on after it: no other order is possible.
void ProgramMachine::note_callbacks(const ExploredStep& step) {
    if (step.goes_on_after_one || step.begins_callback) {
        accesses_.push_back({.place = stop_of(step.host), .mode = record::Mode::hold, .follows = true});
    }
    if (step.stopped_for_one || step.ends_callback) {
        accesses_.push_back({.place = stop_of(step.host), .mode = record::Mode::release});
    }
    if (step.stopped_for_one) {
        accesses_.push_back({.place = kCallbackRuns, .mode = record::Mode::hold});
    } else if (step.ends_callback) {
        accesses_.push_back({.place = kCallbackRuns, .mode = record::Mode::release});
    } else if (step.looked_for_callbacks) {
        accesses_.push_back({.place = kCallbackRuns, .mode = record::Mode::read});
    }
    if (step.stopped_for_one || step.queued_callbacks) {
        add_access({.place = kCallbacks, .mode = record::Mode::write});
    } else if (step.looked_for_callbacks) {
        add_access({.place = kCallbacks, .mode = record::Mode::read});
    }
    if (step.waited_for != 0) {
        add_access({.place = step.waited_for, .mode = record::Mode::read});
    }
    tries_ = tries_ || step.looked_for_callbacks || step.stopped_for_one;
}

// Where there can be only so many threads, one that ends makes room for another.
void ProgramMachine::note_threads(const ExploredStep& step) {
    if (step.ends_thread && board_profile().thread_limit != 0) {
        add_access({.place = kThreads, .mode = record::Mode::update});
    }
}

// A handler that reads its own pin has it in its step, too.
void ProgramMachine::note_level(const ExploredStep& step) {
    if (is_of_pin(step.handler)) {
        std::erase_if(accesses_, [](const record::Access& access) { return access.place == kLevels; });
        accesses_.push_back({.place = kLevels, .mode = record::Mode::update});
    }
}

void ProgramMachine::note_anything(const ExploredStep& step) {
    const bool writes = std::ranges::any_of(
        step.accesses, [](const Access& access) { return access.kind == PlaceKind::anything; });
    if (watches_more_ && !writes && !accesses_.empty()) {
        accesses_.push_back({.place = kAnything, .mode = record::Mode::read});
    }
    has_missed_ = has_missed_ || (writes && !watches_more_);
}

// Time has passed because nobody else could go on: all that was before it has to be.
void ProgramMachine::note_time(const ExploredStep& step) {
    if (step.passed_time && !any_timing_) {
        accesses_.push_back({.place = kTime, .mode = record::Mode::write, .follows = true});
        has_missed_ = has_missed_ || !watches_more_;
    } else if (watches_more_ && (!step.is_firing || step.is_first_firing || step.enables)) {
        // Whoever wakes up at the same time as another comes after that one's passing of it.
        accesses_.push_back({.place = kTime, .mode = record::Mode::update, .follows = step.woke_in_time});
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
        const mpy::SourcePlace place = mpy::place_of(*function, ip);
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
    finding_ = {.kind = record::FindingKind::step_limit,
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
        record_.started = static_cast<ContextId>(contexts_before);
        record_.more_started = static_cast<ContextId>(program_.contexts_ever() - contexts_before - 1);
    }
    if (step.failed) {
        note_failure(step.failed_context, step);
    }
    if (!step.runs_on && program_.all_have_ended() && program_.finish().failed &&
        record_.finding == nullptr) {
        note_failure(context, step);
    }
    if (step.runs_on) {
        note_limit(step.failed_context, step);
    }
    record_.fixed = !step.branched && !tries_;
    record_.may_wait = step.may_wait || (step.passed_time && !any_timing_);
    record_.is_firing = step.is_firing;
    record_.replaces = !is_one_call(step);
    record_.accesses = accesses_;
    record_.awaits = step.awaits;
    return record_;
}

WaitPlace ProgramMachine::wait_of(ContextId context) const {
    const ExploredWait wait = program_.wait_of(context);
    WaitPlace place{.lock = wait.lock,
                    .at = {},
                    .holder = wait.holder,
                    .holder_ended = wait.holder_ended,
                    .held_since = {wait.held_file, wait.held_line}};
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

bool ProgramMachine::is_update(const record::Trace& trace, const explore::Replacement& write) {
    return is_variable(write.place) && updates_.is_one(*this, trace, write);
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
    const auto found = lines_.find(source);
    return found == lines_.end() ? nullptr : &found->second;
}

}  // namespace heddle::host
