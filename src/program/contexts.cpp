// Which contexts an explored program has, and where they stand.
#include "program/contexts.hpp"

#include <algorithm>

#include "bytecode/source_lines.hpp"
#include "host/simulated_board.hpp"
#include "mpy/handlers.hpp"
#include "mpy/holder.hpp"
#include "program/callbacks.hpp"
#include "program/pending.hpp"
#include "program/refusal.hpp"
#include "program/services.hpp"
#include "program/state.hpp"
#include "program/text.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "mpy/mutex_module.h"
#include "mpy/thread_module.h"
}

namespace heddle::program {

namespace {

bool a_handler_runs() noexcept {
    return host::board_is_in_use() && host::the_board().interrupts().active() != board::kNoSource;
}

ExploredContext context_of(const KnownContext& known_one, const thread::Fiber* fiber) noexcept {
    ExploredContext context = thread_context(fiber);
    context.is_held_up = a_handler_runs();
    context.is_due = !context.is_held_up && is_due(known_one);
    context.enabled = (context.enabled || context.is_due) && !context.is_held_up;
    context.finished = context.finished && !is_due(known_one);
    return context;
}

/// The main thread, when it has ended: a callback runs on it, or has just run.
bool serves_callback() noexcept {
    return phase == Phase::ended && (callback_host() == kMain || known[0].was_interrupted);
}

bool is_hard(board::SourceId line) noexcept {
    const mpy::Handler* handler = mpy::handler_of(line);
    return handler != nullptr && handler->context == devices::Context::hard;
}

// Of one that is armed.
void note_priority(const ExploredLine& line) noexcept {
    if (is_hard(line.line)) {
        const board::Priority priority = host::the_board().interrupts().priority(line.line);
        KnownContext& source = *std::find_if(known, known + known_count,
                                             [&](const KnownContext& one) { return one.line == line.line; });
        source.most_urgent = std::min(source.most_urgent, priority);
        source.least_urgent = std::max(source.least_urgent, priority);
    }
}

}  // namespace

ExploredContext thread_context(const thread::Fiber* fiber) noexcept {
    ExploredContext context{};
    context.id = fiber == nullptr ? 0 : fiber->id;
    context.finished = true;
    context.deadline = port::kForever;
    if (fiber == nullptr || (fiber->id == kMain && phase != Phase::running && !serves_callback())) {
        return context;
    }
    const bool parked = fiber->state == thread::FiberState::parked;
    context.finished = false;
    context.deadline = fiber->deadline;
    const auto* pending = static_cast<const Pending*>(fiber->pending);
    if (pending != nullptr) {
        const Access* lock = lock_access(pending->accesses);
        const Access* awaited = awaited_lock(pending);
        context.waits_for = awaited == nullptr ? 0 : awaited->place;
        context.deadline = awaited == nullptr ? pending->until : end_of_wait(*pending, *awaited);
        context.next = pending->accesses.count == 0 ? nullptr : pending->accesses.begin();
        context.next_lock_is_free = lock != nullptr && is_free(*lock);
        context.function = pending->code->fun_bc;
        context.ip = pending->ip;
    }
    // Waiting for a handler to call, it needs nothing more.
    context.finished = fiber->role == thread::Role::service && parked && pending == nullptr &&
                       context.deadline == port::kForever;
    context.sleeps = context.deadline != port::kForever;
    context.enabled = (!parked && !context.sleeps && context.waits_for == 0) || is_over(*fiber);
    return context;
}

bool is_over(const thread::Fiber& fiber) noexcept {
    return fiber.state == thread::FiberState::parked && fiber.pending == nullptr &&
           fiber.deadline <= thread::now();
}

thread::Fiber* fiber_of(const KnownContext& context) noexcept {
    switch (context.kind) {
        case ContextKind::thread:
            return context.id == callback_host() ? nullptr : thread::find_fiber(context.id);
        case ContextKind::callbacks:
            return callback_host() == 0 ? nullptr : thread::find_fiber(callback_host());
        case ContextKind::source:
            break;
    }
    return nullptr;
}

// Whether both were armed at the same time does not count: in another order they may be.
bool is_interruptible(const KnownContext& source) noexcept {
    return std::any_of(known, known + known_count, [&source](const KnownContext& other) {
        return other.most_urgent < source.least_urgent;
    });
}

bool is_below_another(const std::vector<ExploredLine>& armed, board::SourceId line,
                      unsigned most_firings) noexcept {
    const auto& interrupts = host::the_board().interrupts();
    return std::any_of(armed.begin(), armed.end(), [&](const ExploredLine& other) {
        const auto* const context = std::find_if(
            known, known + known_count, [&](const KnownContext& one) { return one.line == other.line; });
        const bool may_fire = context == known + known_count || context->fired < most_firings;
        return is_hard(other.line) && may_fire && interrupts.priority(other.line) < interrupts.priority(line);
    });
}

thread::Bytes bytes_of_contexts() noexcept {
    return {reinterpret_cast<char*>(known), known_count * sizeof(KnownContext)};
}

namespace {

// On a board the prompt waits there, and runs what comes.
bool is_ended_main(const KnownContext& context) noexcept {
    return context.id == kMain && phase == Phase::ended && !context.was_interrupted;
}

}  // namespace

// The main thread, also once it has ended, and then all that wait.
bool is_due(const KnownContext& context) noexcept {
    if (!is_callback_due() || context.kind != ContextKind::thread ||
        (context.id != kMain && !thread_context(thread::find_fiber(kMain)).finished)) {
        return false;
    }
    if (is_ended_main(context)) {
        return true;
    }
    const ExploredContext thread = thread_context(thread::find_fiber(context.id));
    return !thread.finished && !thread.enabled;
}

void ExploredProgram::find_armed() {
    armed_.clear();
    if (host::board_is_in_use()) {
        find_armed_lines(armed_);
    }
}

namespace {

bool is_timer(const mpy::Handler* handler) noexcept {
    const qstr type = handler == nullptr ? qstr{MP_QSTRnull} : mp_obj_get_type(handler->device)->name;
    return type == MP_QSTR_Timer || type == MP_QSTR_Alarm;
}

void note_devices(const std::vector<ExploredLine>& armed) noexcept {
    for (std::size_t i = 0; !armed.empty() && i < known_count; ++i) {
        if (known[i].kind == ContextKind::source && is_armed(armed, known[i].line)) {
            const mpy::Handler* handler = mpy::handler_of(known[i].line);
            known[i].device = handler == nullptr ? nullptr : MP_OBJ_TO_PTR(handler->device);
            known[i].is_timer = is_timer(handler);
        }
    }
}

}  // namespace

void ExploredProgram::find_new_contexts() {
    find_armed();
    const auto add = [](const KnownContext& context) {
        if (known_count == kMostContexts) {
            refuse("explore more than 512 threads and sources of interrupts");
        }
        known[known_count++] = context;
    };
    const auto knows = [](auto&& predicate) { return std::any_of(known, known + known_count, predicate); };
    fibers_.assign(known_count, nullptr);
    std::size_t threads = 0;
    thread::for_each_fiber([&](thread::Fiber& fiber) {
        // The one that calls handlers on boards that queue them is a thread like others.
        if (fiber.role == thread::Role::service && fiber.id == interrupts_fiber) {
            return;
        }
        // Before the program is told that it can start no more.
        if (++threads > kMostThreads + 1) {
            refuse("explore more than 250 threads at once");
        }
        if (fiber.number == 0 && fiber.id != kMain) {
            fiber.number = known_count;
            add({.id = fiber.id, .kind = ContextKind::thread});
            fibers_.push_back(nullptr);
        }
        fibers_[fiber.number] = &fiber;
    });
    for (const ExploredLine& line : armed_) {
        if (!knows([&](const KnownContext& one) { return one.line == line.line; })) {
            add({.line = line.line, .kind = ContextKind::source});
        }
    }
    note_devices(armed_);
    std::ranges::for_each(armed_, note_priority);
    if ((callbacks_queued() != 0 || callback_host() != 0) &&
        !knows([](const KnownContext& one) { return one.kind == ContextKind::callbacks; })) {
        add({.kind = ContextKind::callbacks});
    }
}

ExploredContext ExploredProgram::source_context(const KnownContext& source) const noexcept {
    const auto& interrupts = host::the_board().interrupts();
    const bool runs = interrupts.has_active_handler(source.line);
    const bool is_stopped = source.fired >= most_firings_;
    const bool can = !is_stopped && is_armed(armed_, source.line);
    ExploredContext context{};
    context.is_source = !runs;
    context.line = source.line;
    context.interruptible = is_interruptible(source);
    context.finished = !can && !runs;
    context.disarmed = !runs && !is_stopped && !is_armed(armed_, source.line);
    context.enabled = runs ? interrupts.active() == source.line : can && may_fire(source.line);
    context.capped = is_stopped && !runs && is_armed(armed_, source.line) && may_fire(source.line);
    context.deadline =
        source.is_unfired && context.enabled && !runs ? deadline_of(source.line) : port::kForever;
    return context;
}

void ExploredProgram::look() {
    find_new_contexts();
    contexts_.clear();
    for (std::size_t i = 0; i < known_count; ++i) {
        const KnownContext& one = known[i];
        if (one.kind == ContextKind::source) {
            contexts_.push_back(source_context(one));
            continue;
        }
        const bool is_its_own = one.kind == ContextKind::thread && one.id != callback_host();
        contexts_.push_back(context_of(one, is_its_own ? fibers_[i] : fiber_of(one)));
        contexts_.back().awaits = one.awaits;
    }
    end_services(contexts_);
    is_looked_at_ = true;
}

std::size_t ExploredProgram::count_runnable() const noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(contexts_, [](const ExploredContext& context) {
        return context.enabled && !context.awaits && !context.is_source;
    }));
}

std::string ExploredProgram::name_of(ContextNumber context) const {
    const KnownContext& one = known[context];
    switch (one.kind) {
        case ContextKind::source:
            return name_of_line(one.line);
        case ContextKind::callbacks:
            return name_of_callback();
        case ContextKind::thread:
            break;
    }
    return name_of_thread(one.id, context, one.function);
}

std::string ExploredProgram::words_of_next(ContextNumber context) const {
    const KnownContext& one = known[context];
    if (is_due(one)) {
        return "waits, and runs a scheduled call";
    }
    const bool goes_on = one.kind == ContextKind::source && a_handler_runs() &&
                         host::the_board().interrupts().active() == one.line;
    const Pending* pending = pending_of(goes_on ? thread::find_fiber(interrupts_fiber) : fiber_of(one));
    if (pending == nullptr) {
        return "";
    }
    const Access* awaited = awaited_lock(pending);
    return awaited == nullptr ? program::words_of(pending->accesses.begin(), pending->accesses.count)
                              : "gives up waiting for " + name_of_place(*awaited);
}

namespace {

void note_holder(ExploredWait& wait, mp_obj_t lock) {
    const mpy::Holder& holder =
        mp_obj_is_type(lock, &heddle_lock_type) ? mpy::holder_of_lock(lock) : mpy::holder_of_mutex(lock);
    const thread::ThreadId id = holder.thread() == 0 ? 0 : Platform::number_of(holder.thread());
    for (std::size_t i = 0; id != 0 && i < known_count; ++i) {
        if (known[i].id == id) {
            wait.holder = static_cast<ContextNumber>(i);
            wait.holder_ended = thread_context(thread::find_fiber(id)).finished;
        }
    }
    if (holder.function() != nullptr) {
        const mpy::SourcePlace place = bytecode::source_line_of(*holder.function(), holder.ip());
        wait.held_file = place.file;
        wait.held_line = place.line;
    }
}

}  // namespace

ExploredWait ExploredProgram::wait_of(ContextNumber context) const {
    ExploredWait wait;
    const thread::Fiber* fiber = fiber_of(known[context]);
    const Pending* pending = pending_of(fiber);
    const Access* lock = pending == nullptr ? nullptr : lock_access(pending->accesses);
    if (lock != nullptr) {
        wait = wait_for(*lock);
        wait.function = pending->code->fun_bc;
        wait.ip = pending->ip;
    }
    return wait;
}

ExploredWait ExploredProgram::wait_for(const Access& lock) const {
    ExploredWait wait;
    wait.lock = name_of_place(lock);
    note_holder(wait, MP_OBJ_FROM_PTR(lock.object));
    return wait;
}

ContextNumber ExploredProgram::host_of(ContextNumber context) const noexcept {
    const thread::ThreadId host = known[context].kind == ContextKind::callbacks ? callback_host() : 0;
    for (std::size_t i = 0; host != 0 && i < known_count; ++i) {
        if (known[i].kind == ContextKind::thread && known[i].id == host) {
            return static_cast<ContextNumber>(i);
        }
    }
    return UINT16_MAX;
}

}  // namespace heddle::program
