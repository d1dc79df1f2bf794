#include "explore/toy/toy_machine.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"

namespace heddle::explore::toy {
namespace {

constexpr Place kLock = 500;
constexpr Place kMask = 1000;
constexpr Place kEnds = 2001;
constexpr Place kFirings = 3000;

constexpr bool is_visible(OpKind kind) { return kind <= OpKind::gather; }

}  // namespace

ToyMachine::ToyMachine(Program program) : program_(std::move(program)) {
    for (const Code& code : program_.codes) {
        codes_.push_back(&code);
        has_limits_ = has_limits_ || std::ranges::find(code, OpKind::lock_for, &Op::kind) != code.end();
    }
    for (const Program::Source& source : program_.sources) {
        codes_.push_back(&source.handler);
    }
    ToyMachine::reset();
}

void ToyMachine::reset() {
    state_ = {};
    state_.variables = program_.variables;
    const auto begin = [&](std::size_t code, int left) {
        require(state_.count < kMost, "a toy program of too many contexts");
        state_.threads[state_.count].code = static_cast<std::uint8_t>(code);
        state_.threads[state_.count++].left = left;
    };
    for (std::size_t i = 0; i < program_.threads; ++i) {
        begin(i, 0);
        run_silent(state_.threads[i], static_cast<ContextId>(i));
    }
    for (std::size_t i = 0; i < program_.sources.size(); ++i) {
        begin(program_.codes.size() + i, program_.sources[i].times);
    }
}

SnapshotId ToyMachine::take() {
    if (unused_.empty()) {
        saved_.push_back(state_);
        return static_cast<SnapshotId>(saved_.size() - 1);
    }
    const SnapshotId snapshot = unused_.back();
    unused_.pop_back();
    copy(saved_[snapshot], state_);
    return snapshot;
}

void ToyMachine::restore(SnapshotId snapshot) { copy(state_, saved_[snapshot]); }

void ToyMachine::drop(SnapshotId snapshot) { unused_.push_back(snapshot); }

// Threads beyond the count say nothing.
void ToyMachine::copy(State& to, const State& from) {
    to.variables = from.variables;
    to.locked = from.locked;
    to.masked = from.masked;
    to.count = from.count;
    to.active = from.active;
    to.actives = from.actives;
    std::copy_n(from.threads.begin(), from.count, to.threads.begin());
}

bool ToyMachine::is_source(std::size_t context) const noexcept {
    return state_.threads[context].code >= program_.codes.size();
}

std::span<const ContextState> ToyMachine::contexts() {
    contexts_.clear();
    for (std::size_t i = 0; i < state_.count; ++i) {
        contexts_.push_back(state_of(i));
    }
    // As in a program: interrupts that could still come do not keep time from passing.
    const auto goes_on = [](const ContextState& state) { return state.enabled && !state.source; };
    if (std::ranges::none_of(contexts_, goes_on)) {
        for (std::size_t i = 0; i < state_.count; ++i) {
            contexts_[i].sleeps = gives_up_later(i);
            contexts_[i].enabled = contexts_[i].enabled || contexts_[i].sleeps;
            contexts_[i].waits = contexts_[i].waits && !contexts_[i].enabled;
        }
    }
    return contexts_;
}

bool ToyMachine::gives_up_later(std::size_t context) const {
    const Thread& thread = state_.threads[context];
    if (is_source(context) || thread.ended) {
        return false;
    }
    const Op& op = code_of(thread)[thread.at];
    return op.kind == OpKind::lock_for && state_.locked[op.x];
}

ContextState ToyMachine::state_of(std::size_t context) const {
    const Thread& thread = state_.threads[context];
    ContextState state;
    state.at = source_of(thread);
    if (is_source(context)) {
        const std::uint8_t mask = source(context).mask;
        state.interruptible = is_below_another(context, false);
        if (std::find(state_.active.begin(), state_.active.begin() + state_.actives, context) !=
            state_.active.begin() + state_.actives) {
            state.enabled = state_.active[state_.actives - 1u] == context;
            return state;
        }
        state.source = true;
        state.finished = thread.left == 0;
        state.waits = !state.finished && mask != 0 && state_.masked[mask];
        state.enabled = !state.finished && !state.waits && may_fire(context);
        state.knows_next = mask != 0;
        state.next = {kMask + mask, record::Mode::pass};
        return state;
    }
    if (thread.ended) {
        state.finished = true;
        return state;
    }
    const Op& op = code_of(thread)[thread.at];
    state.knows_next = next_of(op, state.next);
    state.waits = (op.kind == OpKind::lock || op.kind == OpKind::lock_for) && state_.locked[op.x];
    state.enabled = !state.waits;
    state.enabled = state.enabled && state_.actives == 0;
    for (std::size_t i = 0; op.kind == OpKind::gather && i < state_.count; ++i) {
        state.enabled &= i == context || is_source(i) || state_.threads[i].ended;
    }
    return state;
}

bool ToyMachine::next_of(const Op& op, record::Access& next) const {
    using record::Mode;
    switch (op.kind) {
        case OpKind::load:
            next = {op.x, Mode::read};
            return true;
        case OpKind::store:
        case OpKind::set:
        case OpKind::count:
            next = {op.x, Mode::write};
            return true;
        case OpKind::change:
            next = {op.x, Mode::update};
            return true;
        case OpKind::lock:
        case OpKind::lock_for:
        case OpKind::unlock:
            next = {kLock + op.x, op.kind == OpKind::unlock ? Mode::release : Mode::acquire};
            return true;
        case OpKind::try_lock:
            next = {kLock + op.x, state_.locked[op.x] ? Mode::read : Mode::hold};
            return true;
        case OpKind::mask:
        case OpKind::unmask:
            next = {kMask + op.x, op.kind == OpKind::mask ? Mode::hold : Mode::release};
            return true;
        default:
            return false;
    }
}

void ToyMachine::touch(Thread& thread, Place place, record::Mode mode, bool follows) {
    accesses_.push_back({place, mode, follows});
    if (only_looks(mode) && thread.reads < thread.read.size()) {
        thread.read[thread.reads++] = static_cast<std::uint16_t>(place);
    }
}

const record::StepRecord& ToyMachine::run(ContextId context) {
    Thread& thread = state_.threads[context];
    accesses_.clear();
    awaited_.clear();
    record_ = {};
    record_.source = source_of(thread);
    const bool gives_up = gives_up_later(context);
    const std::size_t waiting = count_waiting();
    if (is_source(context)) {
        run_handler(thread, context);
    } else {
        const Op& op = code_of(thread)[thread.at];
        run_visible(thread, context, op);
        run_silent(thread, context);
    }
    if (has_limits_ && !gives_up && (!is_source(context) || count_waiting() < waiting)) {
        accesses_.push_back({kTime, record::Mode::update});
    }
    record_.accesses = accesses_;
    record_.awaits = awaited_;
    return record_;
}

std::size_t ToyMachine::count_waiting() const {
    std::size_t waiting = 0;
    for (std::size_t i = 0; has_limits_ && i < state_.count; ++i) {
        waiting += state_of(i).waits && !is_source(i) ? 1 : 0;
    }
    return waiting;
}

bool ToyMachine::is_below_another(std::size_t context, bool fires) const noexcept {
    const std::uint8_t own = source(context).priority;
    for (std::size_t i = 0; own != Program::kNoPriority && i < state_.count; ++i) {
        if (is_source(i) && source(i).priority < own && (!fires || state_.threads[i].left != 0)) {
            return true;
        }
    }
    return false;
}

bool ToyMachine::may_fire(std::size_t context) const noexcept {
    return state_.actives == 0 ||
           source(context).priority < source(state_.active[state_.actives - 1u]).priority;
}

void ToyMachine::begin_handler(Thread& thread, ContextId context) {
    if (source(context).mask != 0) {
        touch(thread, kMask + source(context).mask, record::Mode::pass);
    }
    if (source(context).priority != Program::kNoPriority) {
        touch(thread, kFirings + context, record::Mode::write);
    }
    thread.at = 0;
    --thread.left;
    record_.is_firing = true;
    record_.begins_handler = is_below_another(context, true);
    if (record_.begins_handler) {
        state_.active[state_.actives++] = context;
    }
}

void ToyMachine::run_handler(Thread& thread, ContextId context) {
    const bool goes_on = state_.actives != 0 && state_.active[state_.actives - 1u] == context;
    if (!goes_on) {
        begin_handler(thread, context);
    }
    bool has_stopped = goes_on;
    while (thread.at < code_of(thread).size()) {
        const Op& op = code_of(thread)[thread.at];
        if (!is_visible(op.kind)) {
            record_.fixed = false;
            step_silent(thread, context, op);
        } else if ((goes_on || record_.begins_handler) && !std::exchange(has_stopped, false)) {
            return;
        } else {
            run_visible(thread, context, op);
        }
    }
    thread.at = 0;
    if (goes_on || record_.begins_handler) {
        --state_.actives;
    }
    record_.ends_handler = goes_on;
    record_.begins_handler = false;
}

void ToyMachine::run_lock_for(Thread& thread, const Op& op) {
    record_.fixed = false;
    record_.may_wait = state_.locked[op.x];
    thread.registers[op.a] = state_.locked[op.x] ? 0 : 1;
    if (state_.locked[op.x]) {
        accesses_.push_back({kTime, record::Mode::write, true});
        accesses_.push_back({kLock + op.x, record::Mode::give_up, true});
    } else {
        state_.locked[op.x] = true;
        accesses_.push_back({kLock + op.x, record::Mode::acquire});
    }
}

void ToyMachine::run_visible(Thread& thread, ContextId context, const Op& op) {
    using record::Mode;
    ++thread.at;
    switch (op.kind) {
        case OpKind::load:
            thread.registers[op.a] = state_.variables[op.x];
            return touch(thread, op.x, Mode::read);
        case OpKind::store:
            state_.variables[op.x] = thread.registers[op.a] + op.value;
            return touch(thread, op.x, Mode::write);
        case OpKind::set:
            state_.variables[op.x] = op.value;
            return touch(thread, op.x, Mode::write);
        case OpKind::change:
            state_.variables[op.x] += op.value;
            return touch(thread, op.x, Mode::update);
        case OpKind::count:
            thread.registers[op.a] = state_.variables[op.x] += op.value;
            return touch(thread, op.x, Mode::write);
        case OpKind::lock:
            require(!state_.locked[op.x], "a step of a context that waits");
            state_.locked[op.x] = true;
            return touch(thread, kLock + op.x, Mode::acquire);
        case OpKind::unlock:
            if (!state_.locked[op.x]) {
                fail(record::FindingKind::lock_misuse, context, thread);
            }
            state_.locked[op.x] = false;
            return touch(thread, kLock + op.x, Mode::release);
        case OpKind::lock_for:
            return run_lock_for(thread, op);
        case OpKind::try_lock:
            thread.registers[op.a] = state_.locked[op.x] ? 0 : 1;
            record_.fixed = false;
            touch(thread, kLock + op.x, state_.locked[op.x] ? Mode::read : Mode::hold);
            state_.locked[op.x] = true;
            return;
        case OpKind::mask:
        case OpKind::unmask:
            state_.masked[op.x] = op.kind == OpKind::mask;
            return touch(thread, kMask + op.x, op.kind == OpKind::mask ? Mode::hold : Mode::release);
        case OpKind::start:
            require(state_.count < kMost, "a toy program of too many contexts");
            record_.started = state_.count;
            state_.threads[state_.count] = {};
            state_.threads[state_.count].code = op.x;
            run_silent(state_.threads[state_.count], state_.count);
            ++state_.count;
            return;
        case OpKind::gather:
            return touch(thread, kEnds, Mode::read, true);
        default:
            return;
    }
}

void ToyMachine::run_silent(Thread& thread, ContextId context) {
    const Code& code = code_of(thread);
    while (!thread.ended && thread.at < code.size() && !is_visible(code[thread.at].kind)) {
        if (!step_silent(thread, context, code[thread.at])) {
            return;
        }
    }
    if (!thread.ended && thread.at >= code.size()) {
        thread.ended = true;
        accesses_.push_back({kEnds, record::Mode::update});
    }
}

// Whether the thread goes on.
bool ToyMachine::step_silent(Thread& thread, ContextId context, const Op& op) {
    int& value = thread.registers[op.a];
    const auto go = [&](bool jumps) {
        thread.at = static_cast<std::uint8_t>(jumps ? op.x : thread.at + 1);
        return true;
    };
    switch (op.kind) {
        case OpKind::add:
            value += op.value;
            return go(false);
        case OpKind::jump:
            return go(true);
        case OpKind::jump_if:
            return go(value == op.value);
        case OpKind::jump_unless:
            return go(value != op.value);
        case OpKind::check:
        case OpKind::check_at_most:
            if (op.kind == OpKind::check ? value != op.value : value > op.value) {
                fail(record::FindingKind::assertion, context, thread);
                thread.at = static_cast<std::uint8_t>(code_of(thread).size());
                return true;
            }
            return go(false);
        case OpKind::turn:
            thread.reads = 0;
            return go(false);
        case OpKind::again:
            awaited_.assign(thread.read.begin(), thread.read.begin() + thread.reads);
            thread.reads = 0;
            thread.at = static_cast<std::uint8_t>(op.x + 1);
            return false;
        default:
            return go(false);
    }
}

void ToyMachine::fail(record::FindingKind kind, ContextId context, const Thread& thread) {
    finding_ = {.kind = kind, .context = context, .source = source_of(thread)};
    record_.finding = &finding_;
}

}  // namespace heddle::explore::toy
