#include "host/explored_program.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/assert.hpp"
#include "base/state.h"
#include "host/captured_output.hpp"
#include "host/execute.hpp"
#include "host/explored_failure.hpp"
#include "host/explored_services.hpp"
#include "host/explored_state.hpp"
#include "host/explored_text.hpp"
#include "host/explored_turns.hpp"
#include "host/handler_failure.hpp"
#include "host/simulated_board.hpp"
#include "host/stack_overflow.hpp"
#include "host/startup.hpp"
#include "host/threads.hpp"
#include "mpy/failure.h"
#include "mpy/holder.hpp"
#include "mpy/service_thread.hpp"
#include "mpy/source_place.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
#include "mpy/heddle_module.h"
#include "mpy/mutex_module.h"
#include "mpy/thread_module.h"
}

namespace heddle::host {

namespace explored {

HEDDLE_STATE Phase phase = Phase::loading;
HEDDLE_STATE KnownContext known[kMostContexts] = {};
HEDDLE_STATE std::size_t known_count = 0;
HEDDLE_STATE board::SourceId next_line = board::kNoSource;
HEDDLE_STATE thread::ThreadId interrupts_fiber = 0;

}  // namespace explored

using namespace explored;

namespace {

/// Before an opcode that touches something shared, or that begins another turn of a loop.
struct Pending {
    Accesses accesses;
    const mp_code_state_t* code;
    const byte* ip;
    const mp_obj_t* sp;
    bool ends_turn;  ///< of a loop: it may be one that waits
    port::Instant until = port::kForever;  ///< the loop waits for the clock
};

// What a handler touches while it runs; null where none does.
std::vector<Access>* of_handler = nullptr;
bool handler_branched = false;

// What a thread's step touches beside its first opcode.
std::vector<Access>* of_step = nullptr;
struct {
    const mp_obj_fun_bc_t* function;
    const byte* ip;
} step_place;  // where the handler began

/// Has there been anything beside the main thread? Then all that it touches counts, also when it is alone
/// again.
bool is_concurrent() noexcept {
    return known_count > 1 || thread::live_threads() > 1 || (board_is_in_use() && is_any_line_armed());
}

void add_accesses(std::vector<Access>& to, const Accesses& accesses) {
    for (const Access& access : accesses) {
        const auto same = [&access](const Access& other) {
            return other.place == access.place && other.mode == access.mode;
        };
        if (std::none_of(to.begin(), to.end(), same)) {
            to.push_back(access);
        }
    }
}

bool is_taken(mp_obj_t lock) noexcept {
    return mp_obj_is_type(lock, &heddle_lock_type) ? heddle_lock_is_taken(lock) : heddle_mutex_is_taken(lock);
}

bool is_acquisition(Mode mode) noexcept {
    return mode == Mode::acquire || mode == Mode::acquire_for || mode == Mode::try_acquire;
}

/// The lock that the next step takes, or tries to; null if it is about none.
const Access* lock_access(const Accesses& accesses) noexcept {
    for (const Access& access : accesses) {
        if (is_acquisition(access.mode)) {
            return &access;
        }
    }
    return nullptr;
}

bool is_free(const Access& lock) noexcept { return !is_taken(MP_OBJ_FROM_PTR(lock.object)); }

/// A handler never waits: what it finds taken it only looks at.
void make_handlers(Accesses& accesses) noexcept {
    for (std::size_t i = 0; i < accesses.count; ++i) {
        Access& access = accesses.list[i];
        if (is_acquisition(access.mode)) {
            access.mode = is_free(access) ? Mode::try_acquire : Mode::look;
        }
    }
}

bool is_about_lock(const Accesses& accesses) noexcept {
    return std::any_of(accesses.begin(), accesses.end(), [](const Access& access) {
        return access.mode >= Mode::acquire && access.mode <= Mode::release;
    });
}

}  // namespace

void explored::tick(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    if (of_handler != nullptr) {
        Accesses accesses;
        note_step({code, ip, sp});
        if (step_place.ip == nullptr) {
            step_place = {code->fun_bc, ip};
        }
        handler_branched = handler_branched || branches(ip);
        if (accesses_of(code, ip, sp, accesses)) {
            make_handlers(accesses);
            add_accesses(*of_handler, accesses);
        }
        return;
    }
    if (phase == Phase::finishing) {
        return;
    }
    Pending pending;
    if (!may_switch()) {
        // With interrupts disabled nobody comes between: it is all one step.
        if (mask_keeps_threads_out()) {
            const bool touches = accesses_of(code, ip, sp, pending.accesses);
            if (is_on_trial()) {
                note_on_trial({code, ip, sp}, touches ? &pending.accesses : nullptr, false);
            } else if (touches) {
                add_accesses(*of_step, pending.accesses);
            }
        }
        return;
    }
    pending.code = code;
    pending.ip = ip;
    pending.sp = sp;
    const bool touches = accesses_of(code, ip, sp, pending.accesses);
    // Alone, only what it does to locks can matter to others later.
    if (!is_concurrent() && !(touches && is_about_lock(pending.accesses))) {
        return;
    }
    if (is_on_trial()) {
        note_on_trial({code, ip, sp}, touches ? &pending.accesses : nullptr, true);
        return;
    }
    pending.ends_turn = ends_turn(ip);
    if (!touches && !pending.ends_turn) {
        return;
    }
    if (!touches) {
        pending.accesses.count = 0;
    }
    thread::pause_with(&pending);
}

namespace {

std::uint64_t awaited_lock(const Pending* pending) noexcept {
    const Access* lock = pending == nullptr ? nullptr : lock_access(pending->accesses);
    return lock != nullptr && lock->mode == Mode::acquire && !is_free(*lock) ? lock->place : 0;
}

ExploredContext thread_context(thread::ThreadId id) noexcept {
    ExploredContext context{};
    context.id = id;
    context.finished = true;
    context.deadline = port::kForever;
    const thread::Fiber* fiber = thread::find_fiber(id);
    if (fiber == nullptr || (id == kMain && phase != Phase::running)) {
        return context;
    }
    const bool parked = fiber->state == thread::FiberState::parked;
    context.finished = false;
    const auto* pending = static_cast<const Pending*>(fiber->pending);
    if (pending != nullptr) {
        const Access* lock = lock_access(pending->accesses);
        context.waits_for = awaited_lock(pending);
        context.next = pending->accesses.count == 0 ? nullptr : pending->accesses.begin();
        context.next_lock_is_free = lock != nullptr && is_free(*lock);
        context.function = pending->code->fun_bc;
        context.ip = pending->ip;
    }
    context.deadline = pending == nullptr ? fiber->deadline : pending->until;
    context.sleeps = context.deadline != port::kForever;
    context.enabled = !parked && !context.sleeps && context.waits_for == 0;
    return context;
}

bool is_armed(const std::vector<ExploredLine>& armed, board::SourceId line) noexcept {
    return std::any_of(armed.begin(), armed.end(),
                       [line](const ExploredLine& one) { return one.line == line; });
}

}  // namespace

void ExploredProgram::find_new_contexts() {
    armed_.clear();
    if (board_is_in_use()) {
        find_armed_lines(armed_);
    }
    const auto add = [](const KnownContext& context) {
        require(known_count < kMostContexts,
                "a program with more threads and interrupts than can be explored");
        known[known_count++] = context;
    };
    const auto knows = [](auto&& predicate) { return std::any_of(known, known + known_count, predicate); };
    thread::for_each_fiber([&](thread::Fiber& fiber) {
        if (fiber.role == thread::Role::program &&
            !knows([&](const KnownContext& one) { return !one.is_source && one.id == fiber.id; })) {
            fiber.number = known_count;
            add({.is_source = false, .fired = 0, .line = 0, .id = fiber.id});
        }
    });
    for (const ExploredLine& line : armed_) {
        if (!knows([&](const KnownContext& one) { return one.is_source && one.line == line.line; })) {
            add({.is_source = true, .fired = 0, .line = line.line, .id = 0});
        }
    }
}

const std::vector<ExploredContext>& ExploredProgram::contexts() {
    find_new_contexts();
    contexts_.clear();
    for (std::size_t i = 0; i < known_count; ++i) {
        const KnownContext& one = known[i];
        if (!one.is_source) {
            contexts_.push_back(thread_context(one.id));
            continue;
        }
        const bool is_stopped = one.fired >= most_firings_;
        const bool can = !is_stopped && is_armed(armed_, one.line);
        ExploredContext& context = contexts_.emplace_back();
        context.is_source = true;
        context.line = one.line;
        context.finished = !can;
        context.enabled = can && may_fire(one.line);
        context.capped = is_stopped && is_armed(armed_, one.line) && may_fire(one.line);
        context.deadline = port::kForever;
    }
    end_services();
    return contexts_;
}

// Once there is nobody else.
void ExploredProgram::end_services() {
    const auto is_over = [](const ExploredContext& context) {
        return context.finished || (context.sleeps && is_service(*thread::find_fiber(context.id)));
    };
    if (std::all_of(contexts_.begin(), contexts_.end(), is_over)) {
        for (ExploredContext& context : contexts_) {
            context.finished = true;
            context.sleeps = false;
        }
    }
}

std::size_t ExploredProgram::contexts_ever() const noexcept { return known_count; }

std::string ExploredProgram::name_of(ContextNumber context) const {
    const KnownContext& one = known[context];
    return one.is_source ? name_of_line(one.line) : name_of_thread(one.id, context);
}

std::string ExploredProgram::words_of_next(ContextNumber context) const {
    const thread::Fiber* fiber = known[context].is_source ? nullptr : thread::find_fiber(known[context].id);
    const auto* pending = fiber == nullptr ? nullptr : static_cast<const Pending*>(fiber->pending);
    return pending == nullptr ? "" : host::words_of(pending->accesses.begin(), pending->accesses.count);
}

namespace {

void note_holder(ExploredWait& wait, mp_obj_t lock) {
    const mpy::Holder& holder =
        mp_obj_is_type(lock, &heddle_lock_type) ? mpy::holder_of_lock(lock) : mpy::holder_of_mutex(lock);
    const thread::ThreadId id = holder.thread() == 0 ? 0 : Platform::number_of(holder.thread());
    for (std::size_t i = 0; id != 0 && i < known_count; ++i) {
        if (!known[i].is_source && known[i].id == id) {
            wait.holder = static_cast<ContextNumber>(i);
        }
    }
    if (holder.function() != nullptr) {
        const mpy::SourcePlace place = mpy::place_of(*holder.function(), holder.ip());
        wait.held_file = place.file;
        wait.held_line = place.line;
    }
}

}  // namespace

ExploredWait ExploredProgram::wait_of(ContextNumber context) const {
    ExploredWait wait;
    const thread::Fiber* fiber = thread::find_fiber(known[context].id);
    const auto* pending = fiber == nullptr ? nullptr : static_cast<const Pending*>(fiber->pending);
    const Access* lock = pending == nullptr ? nullptr : lock_access(pending->accesses);
    if (lock != nullptr) {
        wait.lock = name_of_place(*lock);
        wait.function = pending->code->fun_bc;
        wait.ip = pending->ip;
        note_holder(wait, MP_OBJ_FROM_PTR(lock->object));
    }
    return wait;
}

bool ExploredProgram::anybody_sleeps() {
    const auto& all = contexts();
    return std::any_of(all.begin(), all.end(), [](const ExploredContext& context) { return context.sleeps; });
}

bool ExploredProgram::all_have_ended() const noexcept {
    return std::all_of(contexts_.begin(), contexts_.end(),
                       [](const ExploredContext& context) { return context.finished; });
}

void ExploredProgram::note_failure() {
    const Failure failure = take_failure();
    step_.failed = failure.is_new;
    if (failure.is_new) {
        step_.is_assertion = failure.is_assertion;
        step_.failed_in_handler = failure.in_handler;
        step_.failed_for_heap = failure.needed_heap;
        step_.waits_in_handler = failure.waits;
        step_.failed_text = failure.text;
        step_.failed_file = qstr_str(failure.file);
        step_.failed_line = failure.line;
    }
}

void ExploredProgram::pass_time(port::Instant until) {
    step_.woke_in_time = true;
    thread::set_clock(std::max(thread::now(), until));
}

void ExploredProgram::run_thread(thread::ThreadId id) {
    thread::Fiber& fiber = *thread::find_fiber(id);
    if (const auto* pending = static_cast<const Pending*>(fiber.pending); pending != nullptr) {
        step_.accesses.assign(pending->accesses.begin(), pending->accesses.end());
        step_.function = pending->code->fun_bc;
        step_.ip = pending->ip;
        const Access* lock = lock_access(pending->accesses);
        step_.lock_was_free = lock != nullptr && is_free(*lock);
        if (pending->until != port::kForever) {
            pass_time(pending->until);
            const_cast<Pending*>(pending)->until = port::kForever;
        }
    }
    if (fiber.state == thread::FiberState::parked) {
        pass_time(fiber.deadline);
        thread::end_wait(fiber, port::Wake::timed_out);
    }
    step_.masked_before = interrupts_are_disabled();
    of_step = &step_.accesses;
    while (thread::resume(fiber) != thread::Stop::ended) {
        const auto* next = static_cast<const Pending*>(fiber.pending);
        if (next == nullptr || !next->ends_turn) {
            return;
        }
        if (const Turn turn = try_turn(fiber, {next->code, next->ip, next->sp}); turn.waits) {
            if (turn.until == port::kForever) {
                step_.awaits = turn.reads;
            } else {
                const_cast<Pending*>(next)->until = turn.until;
            }
            return;
        }
        if (next->accesses.count != 0) {
            return;
        }
    }
}

void ExploredProgram::run_source(ContextNumber context) {
    KnownContext& source = known[context];
    source.fired = static_cast<std::uint8_t>(std::min(source.fired + 1U, most_firings_));
    next_line = source.line;
    step_.is_firing = true;
    step_.lock_was_free = true;  // where it says try_acquire
    of_handler = &step_.accesses;
    static_cast<void>(thread::resume(*thread::find_fiber(interrupts_fiber)));
    of_handler = nullptr;
    step_.function = step_place.function;
    step_.ip = step_place.ip;
    step_place = {};
    step_.branched = std::exchange(handler_branched, false);
}

const ExploredStep& ExploredProgram::run(ContextNumber context) {
    step_ = {};
    if (known[context].is_source) {
        run_source(context);
    } else {
        run_thread(known[context].id);
    }
    step_.unmasked = !interrupts_are_disabled();
    note_failure();
    static_cast<void>(contexts());
    return step_;
}

const ExploredStep& ExploredProgram::finish() {
    if (phase == Phase::running) {
        return step_;  // the main thread is a service
    }
    static_cast<void>(thread::resume(*thread::find_fiber(kMain)));
    note_failure();
    return step_;
}

void ExploredProgram::restore(const Snapshot& snapshot) noexcept { snapshot.restore(); }

}  // namespace heddle::host
