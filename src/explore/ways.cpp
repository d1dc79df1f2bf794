#include "explore/ways.hpp"

#include <algorithm>

namespace heddle::explore {
namespace {

std::vector<ContextId> interrupting(std::span<const ContextState> states) {
    std::vector<ContextId> contexts;
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states[i].enabled && states[i].source) {
            contexts.push_back(static_cast<ContextId>(i));
        }
    }
    return contexts;
}

}  // namespace

std::vector<Way> Ways::find(ContextId context) {
    found_.clear();
    State state;
    if (step(state, context)) {
        finish(std::move(state));
    }
    const auto plain = std::ranges::find_if(found_, [](const Way& way) { return way.block.empty(); });
    std::rotate(found_.begin(), plain, found_.end());
    return std::move(found_);
}

void Ways::finish(State state) {
    while (!state.is_over) {
        interrupt(state);
        if (!machine_.contexts()[state.open.back().context].enabled) {  // it was cut
            return note(state, shape_of(state.open.front().parts));
        }
        if (!step(state, state.open.back().context)) {
            return;
        }
    }
}

void Ways::note(const State& state, record::ShapeId shape) {
    found_.push_back({state.block.is_plain() ? Block{} : state.block.block(), shape});
}

// By each that can, where the innermost handler is now.
void Ways::interrupt(const State& state) {
    const std::vector<ContextId> contexts = interrupting(machine_.contexts());
    if (contexts.empty()) {
        return;
    }
    const SnapshotId here = machine_.take();
    for (const ContextId context : contexts) {
        State interrupted = state;
        if (step(interrupted, context)) {
            finish(std::move(interrupted));
        }
        machine_.restore(here);
    }
    machine_.drop(here);
}

bool Ways::step(State& state, ContextId context) {
    const record::StepRecord& record = run_(state.steps++, context);
    state.block.add(context, record.begins_handler, record.ends_handler);
    const record::ShapeId shape = shapes_.shape_of(record.accesses);
    if (record.begins_handler) {
        state.open.push_back({context, {{context, shape, true}}});
        return true;
    }
    if (state.open.empty()) {
        state.is_over = true;
        note(state, shape);
        return true;
    }
    const bool is_own = state.open.back().context == context;
    if (!add(state.open.back().parts, {context, shape, is_own})) {
        return false;
    }
    return !record.ends_handler || end_handler(state);
}

bool Ways::end_handler(State& state) {
    const Handler handler = std::move(state.open.back());
    state.open.pop_back();
    if (!comes_before_own(handler.parts)) {
        return false;
    }
    const record::ShapeId shape = shape_of(handler.parts);
    if (!state.open.empty()) {
        return add(state.open.back().parts, {handler.context, shape, false});
    }
    state.is_over = true;
    note(state, shape);
    return true;
}

// Of all orders of independent parts, the one in which each comes as early as it can: interrupts before the
// handler's own steps, and among themselves by number. So none comes that could have come before the handler.
bool Ways::add(std::vector<Part>& parts, const Part& part) const {
    for (auto before = parts.rbegin(); !part.is_own; ++before) {
        if (before == parts.rend()) {
            return false;
        }
        if (depend(*before, part)) {
            break;
        }
        if (before->is_own || before->context > part.context) {
            return false;
        }
    }
    parts.push_back(part);
    return true;
}

// Whether none of them could as well come after the handler.
bool Ways::comes_before_own(const std::vector<Part>& parts) const {
    std::vector<bool> comes(parts.size());
    for (std::size_t i = parts.size(); i-- != 0;) {
        comes[i] = parts[i].is_own;
        for (std::size_t later = i + 1; later < parts.size() && !comes[i]; ++later) {
            comes[i] = comes[later] && depend(parts[i], parts[later]);
        }
    }
    return std::ranges::all_of(comes, [](bool one) { return one; });
}

record::ShapeId Ways::shape_of(const std::vector<Part>& parts) {
    std::vector<record::Access> accesses;
    for (const Part& part : parts) {
        record::add_touches(accesses, shapes_, part.shape);
    }
    return shapes_.shape_of(accesses);
}

}  // namespace heddle::explore
