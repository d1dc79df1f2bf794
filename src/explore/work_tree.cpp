#include "explore/work_tree.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace heddle::explore {

WorkTree::WorkTree(std::size_t most_in_memory) : trees_(most_in_memory) { again_.emplace_back(); }

std::optional<WorkTree::Task> WorkTree::take() {
    if (!again_.empty()) {
        Running running = std::move(again_.back());
        again_.pop_back();
        return start(std::move(running));
    }
    if (open_.empty()) {
        return std::nullopt;
    }
    State& state = **open_.begin();
    Running running{&state, {}, take_branch(state)};
    running.step = state.asleep.back();
    return start(std::move(running));
}

WorkTree::Task WorkTree::start(Running running) {
    const TaskId id = next_task_++;
    if (running.from != nullptr) {
        running.from->tasks.insert(id);
    }
    return {id, tasks_.emplace(id, std::move(running)).first->second.part};
}

// It sleeps from now on for the branches after it.
Subtree WorkTree::take_branch(State& state) {
    const WakeupTrees::Node branch = trees_.take_first(state.tree);
    const PlannedStep step = trees_.step(branch);
    Subtree part{path_to(state), {}, describe(names_, trees_, branch)};
    part.prefix.push_back(path_step(step));
    for (const PlannedStep& sleeper : state.asleep) {
        if (independent(shapes_, sleeper, step)) {
            part.asleep.push_back(describe(names_, sleeper));
        }
    }
    trees_.free_all(branch);
    state.asleep.push_back(step);
    state.busy.push_back(step);
    note_open(state);
    return part;
}

DescribedStep WorkTree::path_step(const PlannedStep& step) const {
    return {step.context, {}, blocks_[step.block]};
}

DescribedSequence WorkTree::path_to(const State& state) const {
    DescribedSequence path(state.length);
    for (const State* at = &state; at->length != 0 && at->parent != nullptr; at = at->parent) {
        path[at->length - 1] = path_step(at->step);
    }
    return path;
}

void WorkTree::note_open(State& state) {
    if (can_take(state)) {
        open_.insert(&state);
    } else {
        open_.erase(&state);
    }
}

// A branch needs what those that sleep in it have to say of it, as sequences that begin with it: it waits
// until they are done.
bool WorkTree::can_take(const State& state) const {
    if (trees_.is_empty(state.tree)) {
        return false;
    }
    const PlannedStep& next = trees_.step(trees_.first_child(state.tree));
    return std::ranges::none_of(state.busy,
                                [&](const PlannedStep& step) { return independent(shapes_, step, next); });
}

void WorkTree::insert(TaskId task, std::size_t length, const DescribedSequence& sequence) {
    State* state = tasks_.at(task).from;
    while (state != nullptr && state->length > length) {
        state = state->parent;
    }
    require(state != nullptr && state->length == length, "a sequence for a state that nobody has");
    Sequence steps = understand(names_, sequence);
    if (add_once(state->planned, hash_of(blocks_, steps)) && is_unexplored(shapes_, state->asleep, steps)) {
        trees_.insert(shapes_, state->tree, steps);
        note_open(*state);
    }
}

void WorkTree::finish(TaskId task) {
    const auto running = tasks_.find(task);
    State* from = running->second.from;
    const PlannedStep step = running->second.step;
    tasks_.erase(running);
    if (from != nullptr) {
        from->tasks.erase(task);
        branch_is_done(from, step);
    }
}

void WorkTree::put_back(TaskId task) {
    const auto running = tasks_.find(task);
    if (running->second.from != nullptr) {
        running->second.from->tasks.erase(task);
    }
    again_.push_back(std::move(running->second));
    tasks_.erase(running);
}

void WorkTree::hand_over(TaskId task, const std::vector<OpenState>& states) {
    const auto running = tasks_.find(task);
    State* state = running->second.from;
    if (state != nullptr) {
        state->tasks.erase(task);
    }
    PlannedStep step = running->second.step;
    tasks_.erase(running);
    for (const OpenState& open : states) {
        state = &add_state(state, step, open);
        if (open.taken.context != kNoContext) {
            step = understand(names_, open.taken);
            state->asleep.push_back(step);
            state->busy.push_back(step);
        }
        note_open(*state);
    }
}

WorkTree::State& WorkTree::add_state(State* parent, const PlannedStep& step, const OpenState& open) {
    auto made = std::make_unique<State>();
    State& state = *made;
    state.parent = parent;
    state.step = step;
    state.length = parent == nullptr ? 0 : parent->length + 1;
    state.asleep = understand(names_, open.asleep);
    state.tree = understand(names_, trees_, open.tree);
    state.planned = open.planned;
    if (parent == nullptr) {
        root_ = std::move(made);
    } else {
        parent->states.push_back(std::move(made));
    }
    return state;
}

void WorkTree::branch_is_done(State* state, PlannedStep step) {
    while (true) {
        state->busy.erase(std::ranges::find(state->busy, step));
        ++state->branches_done;
        note_open(*state);
        if (!state->busy.empty() || !trees_.is_empty(state->tree)) {
            return;
        }
        trees_.free(state->tree);
        State* parent = state->parent;
        step = state->step;
        if (parent == nullptr) {
            root_.reset();
            return;
        }
        std::erase_if(parent->states, [&](const auto& child) { return child.get() == state; });
        state = parent;
    }
}

double WorkTree::explored(const std::function<double(TaskId)>& of_task) const {
    if (root_ != nullptr) {
        return explored(*root_, of_task);
    }
    return tasks_.empty() ? 0 : of_task(tasks_.begin()->first);
}

double WorkTree::explored(const State& state, const std::function<double(TaskId)>& of_task) const {
    std::size_t waiting = 0;
    for (WakeupTrees::Node child = trees_.first_child(state.tree); child != WakeupTrees::kNone;
         child = trees_.next_sibling(child)) {
        ++waiting;
    }
    auto done = static_cast<double>(state.branches_done);
    for (const TaskId task : state.tasks) {
        done += of_task(task);
    }
    for (const auto& child : state.states) {
        done += explored(*child, of_task);
    }
    const std::size_t all = state.branches_done + state.tasks.size() + state.states.size() + waiting;
    return all == 0 ? 0 : done / static_cast<double>(all);
}

}  // namespace heddle::explore
