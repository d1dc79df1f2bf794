#include "explore/strategies/subtree.hpp"

#include <algorithm>

namespace heddle::explore {
namespace {

// 64 KiB for a state.
constexpr std::size_t kMostNumbers = 8192;

void describe_children(const Names& names, const WakeupTrees& trees, WakeupTrees::Node node,
                       DescribedTree& out) {
    const std::size_t parent = out.entries.size() - 1;
    for (WakeupTrees::Node child = trees.first_child(node); child != WakeupTrees::kNone;
         child = trees.next_sibling(child)) {
        ++out.entries[parent].children;
        out.entries.push_back({describe(names, trees.step(child)), 0});
        describe_children(names, trees, child, out);
    }
}

// Returns the entry after the subtree.
std::size_t add_children(const Names& names, WakeupTrees& trees, WakeupTrees::Node node,
                         const DescribedTree& tree, std::size_t entry) {
    const std::uint32_t children = tree.entries[entry++].children;
    for (std::uint32_t i = 0; i < children; ++i) {
        const WakeupTrees::Node child = trees.add_child(node, understand(names, tree.entries[entry].step));
        entry = add_children(names, trees, child, tree, entry);
    }
    return entry;
}

}  // namespace

DescribedStep describe(const Names& names, const PlannedStep& step) {
    DescribedStep described{step.context, {}, names.blocks[step.block]};
    for (const record::Touch& touch : names.shapes.touches(step.shape)) {
        described.accesses.push_back({names.shapes.place(touch.place), touch.mode, touch.follows});
    }
    return described;
}

DescribedSequence describe(const Names& names, const Sequence& sequence) {
    DescribedSequence described;
    described.reserve(sequence.size());
    for (const PlannedStep& step : sequence) {
        described.push_back(describe(names, step));
    }
    return described;
}

DescribedTree describe(const Names& names, const WakeupTrees& trees, WakeupTrees::Node root) {
    DescribedTree tree{{{}}};
    describe_children(names, trees, root, tree);
    return tree;
}

PlannedStep understand(const Names& names, const DescribedStep& step) {
    return {step.context, names.shapes.shape_of(step.accesses), names.blocks.id_of(step.block)};
}

Sequence understand(const Names& names, const DescribedSequence& sequence) {
    Sequence steps;
    steps.reserve(sequence.size());
    for (const DescribedStep& step : sequence) {
        steps.push_back(understand(names, step));
    }
    return steps;
}

WakeupTrees::Node understand(const Names& names, WakeupTrees& trees, const DescribedTree& tree) {
    const WakeupTrees::Node root = trees.make_root();
    if (!tree.entries.empty()) {
        add_children(names, trees, root, tree, 0);
    }
    return root;
}

std::uint64_t hash_of(const Blocks& blocks, const Sequence& sequence) noexcept {
    std::uint64_t hash = sequence.size();
    const auto add = [&hash](std::uint64_t number) {
        hash = (hash + number + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9;
        hash ^= hash >> 31;
    };
    for (const PlannedStep& step : sequence) {
        add(step.context);
        for (const ContextId context : blocks[step.block]) {
            add(0x10000 + context);
        }
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
