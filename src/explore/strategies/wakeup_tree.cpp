#include "explore/strategies/wakeup_tree.hpp"

#include <algorithm>

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
    if (unused_.empty()) {
        nodes_.push_back({step});
        return static_cast<Node>(nodes_.size() - 1);
    }
    const Node node = unused_.back();
    unused_.pop_back();
    nodes_[node] = {step};
    return node;
}

WakeupTrees::Node WakeupTrees::make_root() { return make({}); }

void WakeupTrees::free(Node root) { unused_.push_back(root); }

void WakeupTrees::free_all(Node root) {
    for (Node child = nodes_[root].child; child != kNone;) {
        const Node next = nodes_[child].sibling;
        free_all(child);
        child = next;
    }
    free(root);
}

WakeupTrees::Node WakeupTrees::take_first(Node root) noexcept {
    const Node first = nodes_[root].child;
    nodes_[root].child = nodes_[first].sibling;
    nodes_[first].sibling = kNone;
    return first;
}

void WakeupTrees::insert(const record::Shapes& shapes, Node root, Sequence& sequence) {
    Node node = root;
    for (Node next = descend(shapes, node, sequence); next != kNone; next = descend(shapes, node, sequence)) {
        if (nodes_[next].child == kNone) {
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
        nodes_[node].child = added;
    } else {
        nodes_[last].sibling = added;
    }
    return added;
}

WakeupTrees::Node WakeupTrees::last_child(Node node) const noexcept {
    Node last = kNone;
    for (Node child = nodes_[node].child; child != kNone; child = nodes_[child].sibling) {
        last = child;
    }
    return last;
}

// The first child whose step the sequence can begin with, or does without; in the first case the step is done
// with.
WakeupTrees::Node WakeupTrees::descend(const record::Shapes& shapes, Node node, Sequence& sequence) const {
    for (Node child = nodes_[node].child; child != kNone; child = nodes_[child].sibling) {
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
