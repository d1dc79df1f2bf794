#include "explore/strategies/wakeup_tree.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace heddle::explore {

Found find_in(const record::Shapes& shapes, const Sequence& sequence, const PlannedStep& step) {
    for (std::size_t i = 0; i < sequence.size(); ++i) {
        if (sequence[i].context == step.context) {
            return {sequence[i].block == step.block ? Standing::first : Standing::later, i};
        }
        if (!independent(shapes, sequence[i], step)) {
            return {Standing::later, i};
        }
    }
    return {Standing::beside, sequence.size()};
}

bool is_unexplored(const record::Shapes& shapes, const Sequence& asleep, const Sequence& sequence) {
    return std::ranges::none_of(asleep, [&](const PlannedStep& step) {
        return find_in(shapes, sequence, step).standing != Standing::later;
    });
}

WakeupTrees::Node WakeupTrees::make(const PlannedStep& step) {
    Node node = unused_;
    if (node != kNone) {
        unused_ = entry(node).sibling;
    } else {
        if ((count_ + std::size_t{1}) * sizeof(Entry) > memory_.size()) {
            memory_.grow(sizeof(Entry));
        }
        require(count_ != kNone, "more steps are left than can be counted");
        node = count_++;
    }
    entry(node) = {step};
    ++used_;
    return node;
}

WakeupTrees::Node WakeupTrees::make_root() { return make({}); }

void WakeupTrees::free(Node root) {
    entry(root).sibling = unused_;
    unused_ = root;
    --used_;
}

void WakeupTrees::free_all(Node root) {
    for (Node child = entry(root).child; child != kNone;) {
        const Node next = entry(child).sibling;
        free_all(child);
        child = next;
    }
    free(root);
}

WakeupTrees::Node WakeupTrees::take_first(Node root) noexcept {
    const Node first = entry(root).child;
    entry(root).child = entry(first).sibling;
    entry(first).sibling = kNone;
    return first;
}

void WakeupTrees::merge(Node root, Node other) {
    Node& end = entry(root).child == kNone ? entry(root).child : entry(last_child(root)).sibling;
    end = entry(other).child;
    free(other);
}

void WakeupTrees::insert(const record::Shapes& shapes, Node root, Sequence& sequence) {
    Node node = root;
    for (Node next = descend(shapes, node, sequence); next != kNone; next = descend(shapes, node, sequence)) {
        if (entry(next).child == kNone) {
            return;
        }
        node = next;
    }
    if (sequence.empty()) {
        return;
    }
    for (const PlannedStep& step : sequence) {
        node = add_child(node, step);
    }
}

WakeupTrees::Node WakeupTrees::add_child(Node node, const PlannedStep& step) {
    const Node added = make(step);
    if (const Node last = last_child(node); last == kNone) {
        entry(node).child = added;
    } else {
        entry(last).sibling = added;
    }
    return added;
}

WakeupTrees::Node WakeupTrees::last_child(Node node) const noexcept {
    Node last = kNone;
    for (Node child = entry(node).child; child != kNone; child = entry(child).sibling) {
        last = child;
    }
    return last;
}

// The first child whose step the sequence can begin with, or does without; in the first case the step is done
// with.
WakeupTrees::Node WakeupTrees::descend(const record::Shapes& shapes, Node node, Sequence& sequence) const {
    for (Node child = entry(node).child; child != kNone; child = entry(child).sibling) {
        const auto [standing, index] = find_in(shapes, sequence, step(child));
        if (standing == Standing::first) {
            sequence.erase(sequence.begin() + static_cast<std::ptrdiff_t>(index));
        }
        if (standing != Standing::later) {
            return child;
        }
    }
    return kNone;
}

}  // namespace heddle::explore
