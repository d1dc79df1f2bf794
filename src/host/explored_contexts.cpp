// Which contexts an explored program has, and where they stand.
#include "host/explored_contexts.hpp"

#include <algorithm>

#include "host/explored_callbacks.hpp"
#include "host/explored_pending.hpp"
#include "host/explored_refusal.hpp"
#include "host/explored_services.hpp"
#include "host/explored_state.hpp"
#include "host/explored_text.hpp"
#include "host/simulated_board.hpp"
#include "mpy/handlers.hpp"
#include "mpy/holder.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "mpy/mutex_module.h"
#include "mpy/thread_module.h"
}

namespace heddle::host {

using namespace explored;

namespace {

bool a_handler_runs() noexcept {
    return board_is_in_use() && the_board().interrupts().active() != board::kNoSource;
}

ExploredContext context_of(const KnownContext& known_one, thread::ThreadId due) noexcept {
    const thread::Fiber* fiber = fiber_of(known_one);
    ExploredContext context = thread_context(fiber == nullptr ? 0 : fiber->id);
    context.is_held_up = a_handler_runs();
    context.enabled = context.enabled && !context.is_held_up;
    context.is_due = due != 0 && known_one.id == due;
    if (context.is_due) {
        context.sleeps = true;
        context.deadline = 0;
    }
    return context;
}

bool is_hard(board::SourceId line) noexcept {
    const mpy::Handler* handler = mpy::handler_of(line);
    return handler != nullptr && handler->context == devices::Context::hard;
}

}  // namespace

ExploredContext explored::thread_context(thread::ThreadId id) noexcept {
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
    context.sleeps = context.deadline != port::kForever;
    context.enabled = !parked && !context.sleeps && context.waits_for == 0;
    return context;
}

thread::Fiber* explored::fiber_of(const KnownContext& context) noexcept {
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

bool explored::is_below_another(const std::vector<ExploredLine>& armed, const KnownContext& source,
                                unsigned most_firings) noexcept {
    if (source.kind != ContextKind::source || !is_hard(source.line)) {
        return false;
    }
    const auto& interrupts = the_board().interrupts();
    return std::any_of(armed.begin(), armed.end(), [&](const ExploredLine& other) {
        const auto* const context = std::find_if(
            known, known + known_count, [&](const KnownContext& one) { return one.line == other.line; });
        return is_hard(other.line) && context->fired < most_firings &&
               interrupts.priority(other.line) < interrupts.priority(source.line);
    });
}

// The main thread, or else the first that waits.
thread::ThreadId ExploredProgram::due_thread() const noexcept {
    if (!is_callback_due()) {
        return 0;
    }
    for (std::size_t i = 0; i < known_count; ++i) {
        const ExploredContext context = thread_context(known[i].id);
        if (known[i].kind == ContextKind::thread && !context.finished && !context.enabled) {
            return known[i].id;
        }
    }
    return 0;
}

void ExploredProgram::find_new_contexts() {
    armed_.clear();
    if (board_is_in_use()) {
        find_armed_lines(armed_);
    }
    const auto add = [](const KnownContext& context) {
        if (known_count == kMostContexts) {
            refuse("explore more than 128 threads and sources of interrupts");
        }
        known[known_count++] = context;
    };
    const auto knows = [](auto&& predicate) { return std::any_of(known, known + known_count, predicate); };
    std::size_t stacks = 0;
    thread::for_each_fiber([&](thread::Fiber& fiber) {
        // Before the program is told that it can start no more.
        if (++stacks == thread::kMostControlledStacks) {
            refuse("explore more than 61 threads at once");
        }
        if (fiber.role == thread::Role::program &&
            !knows([&](const KnownContext& one) { return one.id == fiber.id; })) {
            fiber.number = known_count;
            add({.kind = ContextKind::thread, .id = fiber.id});
        }
    });
    for (const ExploredLine& line : armed_) {
        if (!knows([&](const KnownContext& one) { return one.line == line.line; })) {
            add({.kind = ContextKind::source, .line = line.line});
        }
    }
    for (std::size_t i = 0; armed_.size() > 1 && i < known_count; ++i) {
        known[i].may_be_split = known[i].may_be_split || is_below_another(armed_, known[i], most_firings_);
    }
    if ((callbacks_queued() != 0 || callback_host() != 0) &&
        !knows([](const KnownContext& one) { return one.kind == ContextKind::callbacks; })) {
        add({.kind = ContextKind::callbacks});
    }
}

ExploredContext ExploredProgram::source_context(const KnownContext& source) const noexcept {
    const auto& interrupts = the_board().interrupts();
    const bool runs = interrupts.has_active_handler(source.line);
    const bool is_stopped = source.fired >= most_firings_;
    const bool can = !is_stopped && is_armed(armed_, source.line);
    ExploredContext context{};
    context.is_source = !runs;
    context.line = source.line;
    context.finished = !can && !runs;
    context.disarmed = !runs && !is_stopped && !is_armed(armed_, source.line);
    context.enabled = runs ? interrupts.active() == source.line : can && may_fire(source.line);
    context.capped = is_stopped && !runs && is_armed(armed_, source.line) && may_fire(source.line);
    context.deadline = port::kForever;
    return context;
}

void ExploredProgram::look() {
    find_new_contexts();
    contexts_.clear();
    const thread::ThreadId due = due_thread();
    for (std::size_t i = 0; i < known_count; ++i) {
        const KnownContext& one = known[i];
        if (one.kind != ContextKind::source) {
            contexts_.push_back(context_of(one, due));
            contexts_.back().awaits = one.awaits;
        } else {
            contexts_.push_back(source_context(one));
        }
    }
    end_services(contexts_);
    is_looked_at_ = true;
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
    return name_of_thread(one.id, context);
}

std::string ExploredProgram::words_of_next(ContextNumber context) const {
    const KnownContext& one = known[context];
    const bool goes_on =
        one.kind == ContextKind::source && a_handler_runs() && the_board().interrupts().active() == one.line;
    const Pending* pending = pending_of(goes_on ? thread::find_fiber(interrupts_fiber) : fiber_of(one));
    if (pending == nullptr) {
        return "";
    }
    const Access* awaited = awaited_lock(pending);
    return awaited == nullptr ? host::words_of(pending->accesses.begin(), pending->accesses.count)
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
            wait.holder_ended = thread_context(id).finished;
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
    const thread::Fiber* fiber = fiber_of(known[context]);
    const Pending* pending = pending_of(fiber);
    const Access* lock = pending == nullptr ? nullptr : lock_access(pending->accesses);
    if (lock != nullptr) {
        wait.lock = name_of_place(*lock);
        wait.function = pending->code->fun_bc;
        wait.ip = pending->ip;
        note_holder(wait, MP_OBJ_FROM_PTR(lock->object));
    }
    return wait;
}

}  // namespace heddle::host
