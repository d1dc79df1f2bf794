#include "program/explored_program.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "base/state.h"
#include "bytecode/instructions.hpp"
#include "bytecode/source_lines.hpp"
#include "host/program_failure.hpp"
#include "host/simulated_board.hpp"
#include "host/threads.hpp"
#include "mpy/events.hpp"
#include "program/awaits.hpp"
#include "program/builtins.hpp"
#include "program/callbacks.hpp"
#include "program/contexts.hpp"
#include "program/handlers.hpp"
#include "program/limit.hpp"
#include "program/pending.hpp"
#include "program/repeats.hpp"
#include "program/services.hpp"
#include "program/state.hpp"
#include "program/text.hpp"
#include "program/turns.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
}

namespace heddle::program {

HEDDLE_STATE Phase phase = Phase::loading;
KnownContext known[kMostContexts] = {};
HEDDLE_STATE std::size_t known_count = 0;
HEDDLE_STATE board::SourceId next_line = board::kNoSource;
HEDDLE_STATE thread::ThreadId interrupts_fiber = 0;

namespace {

// The thread that waits before an opcode is to run callbacks meanwhile.
bool runs_callbacks = false;

// See ExploredProgram::pause_everywhere().
bool pauses_everywhere = false;

// What a thread's step touches beside its first opcode.
std::vector<Access>* of_step = nullptr;

// In the present step handlers of lines that it raised have run.
bool served_raised = false;

// What the present step has done in one follows from what it has read.
bool varies = false;

// The present step has taken a lock while nobody could come between.
bool took_alone = false;

// Main threads that are alone sleep some times before they begin; one that sleeps on may be a service.
constexpr unsigned kMostSleepsAlone = 100;
HEDDLE_STATE unsigned sleeps_alone = 0;

/// Has there been anything beside the main thread? Then all that it touches counts, also when it is alone
/// again.
bool is_concurrent() noexcept {
    return exploration::watches_all() || known_count > 1 || thread::live_threads() > 1 ||
           sleeps_alone > kMostSleepsAlone || (host::board_is_in_use() && is_any_line_armed());
}

/// Is a turn made on trial, after so many that touched nothing shared? A trial costs more than most turns.
bool is_tried(unsigned turns) noexcept { return turns < 1000 || turns % 1000 == 0; }

bool touches_shared(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp,
                    Accesses& accesses) noexcept {
    return accesses_of(code, ip, sp, accesses) &&
           (exploration::watches_all() || !only_reads_builtin(accesses));
}

/// Does the opcode look whether there is a callback, or end a thread or a callback, after something shared
/// that the present step has touched? Between the two a handler may come that schedules one. Two looks with
/// nothing in between are as one.
bool looks_anew(const mp_code_state_t* code, const byte* ip) noexcept {
    return exploration::watches_all() && of_step != nullptr && !of_step->empty() &&
           (bytecode::looks_for_callbacks(ip) || (bytecode::is_return(ip) && code->prev_state == nullptr));
}

/// With interrupts disabled, or while a container compares its items, nobody comes between: it is all one
/// step. It cannot wait either: a lock that is taken is an exception.
void tick_alone(const TurnPlace& place) {
    Accesses accesses;
    const bool touches = touches_shared(place.code, place.ip, place.sp, accesses);
    if (is_on_trial()) {
        note_on_trial(place, touches ? &accesses : nullptr, false);
    } else {
        varies = varies || follows_from_reads(*of_step, place.ip, touches ? &accesses : nullptr);
        if (touches) {
            make_tries(accesses);
            took_alone = took_alone || lock_access(accesses) != nullptr;
            add_accesses(*of_step, accesses);
        }
    }
    if (!thread::is_held()) {
        end_if_endless(place, touches ? &accesses : nullptr);
    }
}

}  // namespace

void tick(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    if (step_limit().count(code, ip)) {
        // For good: the execution ends here.
        thread::pause_here();
    }
    if (in_handler()) {
        tick_handler(code, ip, sp);
        return;
    }
    if (phase == Phase::finishing) {
        return;
    }
    if (of_step != nullptr && is_any_line_raised()) {
        served_raised = true;
        serve_raised(*of_step);
    }
    if (!host::may_switch()) {
        if (!host::is_collecting() && of_step != nullptr) {
            tick_alone({code, ip, sp});
        }
        return;
    }
    forget_repeats();
    Pending pending;
    pending.code = code;
    pending.since = thread::now();
    pending.ip = ip;
    pending.sp = sp;
    const bool touches = touches_shared(code, ip, sp, pending.accesses);
    // Alone, only what it does to locks can matter to others later.
    if (!is_concurrent() && !(touches && is_about_lock(pending.accesses))) {
        return;
    }
    if (is_on_trial()) {
        note_on_trial({code, ip, sp}, touches ? &pending.accesses : nullptr, true);
        return;
    }
    pending.ends_turn = ends_turn(ip, sp);
    pending.looks = looks_anew(code, ip);
    if (!touches && !pending.ends_turn && !pending.looks && !(pauses_everywhere && bytecode::may_touch(ip))) {
        return;
    }
    if (!touches) {
        pending.accesses.count = 0;
    }
    thread::pause_with(&pending);
    while (run_due_callbacks()) {
        thread::pause_with(&pending);
    }
}

bool run_due_callbacks() noexcept {
    const bool is_told_so = std::exchange(runs_callbacks, false);
    if (is_told_so) {
        mpy::handle_events();
    }
    return is_told_so;
}

bool ExploredProgram::misses_accesses() const noexcept {
    return !exploration::watches_all() && (callbacks_queued() != 0 || callback_host() != 0 ||
                                           std::ranges::any_of(step_.accesses, may_replace_builtin));
}

void ExploredStep::clear() noexcept {
    static_cast<ExploredStepFacts&>(*this) = {};
    accesses.clear();
    for (std::vector<board::SourceId>* lines : {&arms, &disarms, &finds_disarmed, &sets_up}) {
        lines->clear();
    }
    failed_text.clear();
    failed_file.clear();
}

void ExploredProgram::watch_all() noexcept { program::watch_all(); }

void ExploredProgram::pause_everywhere(bool everywhere) noexcept { pauses_everywhere = everywhere; }

std::size_t ExploredProgram::contexts_ever() const noexcept { return known_count; }

bool ExploredProgram::all_have_ended() const noexcept {
    return std::all_of(contexts_.begin(), contexts_.end(),
                       [](const ExploredContext& context) { return context.finished; });
}

void ExploredProgram::note_failure() {
    step_.failed = host::is_failure_new();
    if (step_.failed) {
        const host::Failure failure = host::take_failure();
        step_.is_assertion = failure.is_assertion;
        step_.failed_in_handler = failure.in_handler;
        step_.failed_for_heap = failure.needed_heap;
        step_.waits_in_handler = failure.waits;
        step_.failed_text = failure.text;
        step_.failed_file = qstr_str(failure.file);
        step_.failed_line = failure.line;
    }
}

void ExploredProgram::note_limit() {
    step_.runs_on = step_limit().is_over();
    step_.is_endless = step_limit().is_endless();
    if (step_.runs_on) {
        const mpy::SourcePlace place = bytecode::source_line_of(*step_limit().function(), step_limit().ip());
        step_.failed_file = place.file;
        step_.failed_line = place.line;
    }
}

void ExploredProgram::pass_time(port::Instant until, bool is_awake) {
    step_.woke_in_time = true;
    step_.passed_time = !is_awake;
    sleeps_alone += is_concurrent() ? 0 : 1;
    thread::set_clock(std::max(thread::now(), until));
}

/// Lets it run callbacks where it waits.
void ExploredProgram::make_due(thread::Fiber& fiber) {
    step_.was_due = true;
    if (const Pending* pending = pending_of(&fiber); pending != nullptr) {
        const Access* lock = awaited_lock(pending);
        step_.waited_for = lock == nullptr ? 0 : lock->place;
        step_.function = pending->code->fun_bc;
        step_.ip = pending->ip;
    }
    if (fiber.state == thread::FiberState::parked) {
        thread::end_wait(fiber, port::Wake::interrupted);
    } else {
        runs_callbacks = true;
    }
    static_cast<void>(thread::resume(fiber));
}

void ExploredProgram::run_context(ContextNumber number) {
    KnownContext& context = known[number];
    const bool is_callback = context.kind == ContextKind::callbacks;
    require(fiber_of(context) != nullptr,
            "a step of a context that cannot run: the machine left accesses out");
    thread::Fiber& fiber = *fiber_of(context);
    step_.host = is_callback ? callback_host() : context.id;
    const bool is_due_now = is_due(context);
    step_.goes_on_after_one = std::exchange(context.was_interrupted, false);
    begin_callback_notes(is_callback);
    heddle_slice_budget = 1;
    if (is_due_now) {
        make_due(fiber);
    } else {
        run_thread(number, fiber);
    }
    const CallbackNotes notes = take_callback_notes();
    step_.may_wait = step_.may_wait || (exploration::watches_all() && (step_.woke_in_time || step_.was_due));
    step_.queued_callbacks = notes.runs_within;
    step_.begins_callback = notes.begins;
    step_.ends_callback = notes.ends;
    step_.stopped_for_one = !is_callback && callback_host() == context.id;
    step_.looked_for_callbacks =
        !is_callback && exploration::watches_all() && (notes.looked || step_.woke_in_time || step_.may_wait);
    if (notes.ends) {
        std::find_if(known, known + known_count, [this](const KnownContext& one) {
            return one.id == step_.host;
        })->was_interrupted = true;
    }
}

void ExploredProgram::run_thread(ContextNumber context, thread::Fiber& fiber) {
    known[context].awaits = false;
    if (!known[context].serves) {
        note_progress();
    }
    if (const auto* pending = static_cast<const Pending*>(fiber.pending); pending != nullptr) {
        look_again(fiber);
        step_.accesses.assign(pending->accesses.begin(), pending->accesses.end());
        step_.function = pending->code->fun_bc;
        step_.ip = pending->ip;
        const Access* lock = lock_access(pending->accesses);
        step_.lock_was_free = lock != nullptr && is_free(*lock);
        step_.may_wait = exploration::watches_all() && lock != nullptr && lock->mode != Mode::try_acquire;
        if (pending->until != port::kForever) {
            pass_time(pending->until);
            const_cast<Pending*>(pending)->until = port::kForever;
        }
    }
    step_.masked_before = host::interrupts_are_disabled();
    of_step = &step_.accesses;
    step_.calls_posted = fiber.role == thread::Role::service;
    step_.begins_call = step_.calls_posted && fiber.pending == nullptr;
    const auto* const waiting = static_cast<const Pending*>(fiber.pending);
    if (const Access* const awaited = awaited_lock(waiting); waiting != nullptr && awaited != nullptr) {
        pass_time(end_of_wait(*waiting, *awaited));
        if (thread::resume(fiber) != thread::Stop::parked) {
            return;
        }
        thread::end_wait(fiber, port::Wake::timed_out);
    } else if (fiber.state == thread::FiberState::parked) {
        pass_time(fiber.deadline, is_over(fiber));
        thread::end_wait(fiber, port::Wake::timed_out);
    }
    run_opcodes(context, fiber);
}

void ExploredProgram::run_opcodes(ContextNumber context, thread::Fiber& fiber) {
    for (unsigned turns = 0; thread::resume(fiber) != thread::Stop::ended; ++turns) {
        const Pending* next = pending_of(&fiber);
        if (step_limit().is_over() || next == nullptr || !next->ends_turn ||
            (is_tried(turns) && look_at_turn(context, fiber)) || next->accesses.count != 0 || next->looks) {
            return;
        }
    }
    step_.ends_thread = true;
}

// Whether the loop waits.
bool ExploredProgram::look_at_turn(ContextNumber context, thread::Fiber& fiber) {
    const Pending* next = pending_of(&fiber);
    const Turn turn = try_turn(fiber, {next->code, next->ip, next->sp});
    note_turn(known[context], turn.serves);
    if (turn.waits && turn.until == port::kForever) {
        step_.awaits = turn.reads;
        note_awaits(context, turn.reads);
    }
    const_cast<Pending*>(next)->until = turn.until;
    return turn.waits;
}

const ExploredStep& ExploredProgram::run(ContextNumber context) {
    step_.clear();
    step_.failed_context = context;
    step_limit().begin();
    forget_repeats();
    const std::size_t queued = callbacks_queued();
    const std::size_t threads = thread::threads_ever();
    static_cast<void>(contexts());
    armed_before_ = armed_;
    const bool is_source = known[context].kind == ContextKind::source;
    const std::size_t runnable = is_source ? count_runnable() : 0;
    is_looked_at_ = false;
    if (is_source) {
        run_source(context);
    } else {
        run_context(context);
    }
    step_.served_raised = std::exchange(served_raised, false);
    step_.lock_was_free = std::exchange(took_alone, false) || step_.lock_was_free || step_.served_raised;
    // Whether an edge is served in it depends on what is armed.
    step_.changes_board = changes_board(step_.accesses);
    step_.branched =
        std::exchange(varies, false) || step_.branched || step_.changes_board || step_.served_raised;
    note_writes(context, step_.accesses);
    step_.queued_callbacks = step_.queued_callbacks || callbacks_queued() > queued;
    if (step_.queued_callbacks) {
        note_callback_queued();
    }
    step_.unmasked = !host::interrupts_are_disabled();
    note_failure();
    // Without the exception, it would have gone on.
    step_.branched = step_.branched || step_.failed;
    note_limit();
    if (known[context].kind == ContextKind::thread && thread::threads_ever() > threads) {
        begin_threads();
    }
    look();
    step_.enables = is_source && count_runnable() > runnable;
    note_armed(armed_before_, context);
    return step_;
}

// What a thread does before it first touches something shared is no choice: it belongs to the step that
// created the thread. Where callbacks may come, it does touch their queue; and where there can be only so
// many threads, its end makes room.
void ExploredProgram::begin_threads() {
    if (host::board_profile().thread_limit != 0) {
        return;
    }
    std::size_t next = known_count;
    find_new_contexts();
    for (; next < known_count && !exploration::watches_all() && step_.unmasked && !step_.failed &&
           !step_.runs_on;
         ++next) {
        thread::Fiber* fiber = fiber_of(known[next]);
        if (known[next].kind == ContextKind::thread && fiber != nullptr) {
            const qstr function = function_of(*fiber);
            known[next].function =
                thread::resume(*fiber) == thread::Stop::ended ? function : qstr{MP_QSTRnull};
            step_.failed_context = static_cast<ContextNumber>(next);
            note_failure();
            note_limit();
        }
    }
}

const ExploredStep& ExploredProgram::finish() {
    if (phase == Phase::running) {
        return step_;  // the main thread is a service
    }
    step_limit().begin();
    is_looked_at_ = false;
    static_cast<void>(thread::resume(*thread::find_fiber(kMain)));
    note_failure();
    note_limit();
    return step_;
}

void ExploredProgram::restore(const Snapshot& snapshot) noexcept {
    is_looked_at_ = false;
    snapshot.restore();
}

}  // namespace heddle::program
