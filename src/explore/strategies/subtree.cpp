#include "explore/strategies/subtree.hpp"

#include <algorithm>

namespace heddle::explore {
namespace {

// 64 KiB for a state.
constexpr std::size_t kMostNumbers = 8192;

void describe_children(const record::Shapes& shapes, const WakeupTrees& trees, WakeupTrees::Node node,
                       DescribedTree& out) {
    const std::size_t parent = out.entries.size() - 1;
    for (WakeupTrees::Node child = trees.first_child(node); child != WakeupTrees::kNone;
         child = trees.next_sibling(child)) {
        ++out.entries[parent].children;
        out.entries.push_back({describe(shapes, trees.step(child)), 0});
        describe_children(shapes, trees, child, out);
    }
}

// Returns the entry after the subtree.
std::size_t add_children(record::Shapes& shapes, WakeupTrees& trees, WakeupTrees::Node node,
                         const DescribedTree& tree, std::size_t entry) {
    const std::uint32_t children = tree.entries[entry++].children;
    for (std::uint32_t i = 0; i < children; ++i) {
        const WakeupTrees::Node child = trees.add_child(node, understand(shapes, tree.entries[entry].step));
        entry = add_children(shapes, trees, child, tree, entry);
    }
    return entry;
}

}  // namespace

DescribedStep describe(const record::Shapes& shapes, const PlannedStep& step) {
    DescribedStep described{step.context};
    for (const record::Touch& touch : shapes.touches(step.shape)) {
        described.accesses.push_back({shapes.place(touch.place), touch.mode, touch.follows});
    }
    return described;
}

DescribedSequence describe(const record::Shapes& shapes, const Sequence& sequence) {
    DescribedSequence described;
    described.reserve(sequence.size());
    for (const PlannedStep& step : sequence) {
        described.push_back(describe(shapes, step));
    }
    return described;
}

DescribedTree describe(const record::Shapes& shapes, const WakeupTrees& trees, WakeupTrees::Node root) {
    DescribedTree tree{{{}}};
    describe_children(shapes, trees, root, tree);
    return tree;
}

PlannedStep understand(record::Shapes& shapes, const DescribedStep& step) {
    return {step.context, shapes.shape_of(step.accesses)};
}

Sequence understand(record::Shapes& shapes, const DescribedSequence& sequence) {
    Sequence steps;
    steps.reserve(sequence.size());
    for (const DescribedStep& step : sequence) {
        steps.push_back(understand(shapes, step));
    }
    return steps;
}

WakeupTrees::Node understand(record::Shapes& shapes, WakeupTrees& trees, const DescribedTree& tree) {
    const WakeupTrees::Node root = trees.make_root();
    if (!tree.entries.empty()) {
        add_children(shapes, trees, root, tree, 0);
    }
    return root;
}

std::uint64_t hash_of(const Sequence& sequence) noexcept {
    std::uint64_t hash = sequence.size();
    for (const PlannedStep& step : sequence) {
        hash = (hash + step.context + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9;
        hash ^= hash >> 31;
    }
    return hash;
}

bool add_once(std::vector<std::uint64_t>& sorted, std::uint64_t number) {
    const auto place = std::ranges::lower_bound(sorted, number);
    if (place != sorted.end() && *place == number) {
        return false;
    }
    if (sorted.size() >= kMostNumbers) {
        sorted.assign(1, number);
    } else {
        sorted.insert(place, number);
    }
    return true;
}

}  // namespace heddle::explore
