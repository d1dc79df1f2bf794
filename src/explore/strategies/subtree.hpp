// A part of a search by optimal DPOR that can be explored by itself, in words that another process
// understands.
#pragma once

#include <cstdint>
#include <vector>

#include "explore/execution.hpp"
#include "explore/strategies/wakeup_tree.hpp"

namespace heddle::explore {

/// A move, with its accesses where others have the number of a shape.
struct DescribedStep {
    ContextId context = kNoContext;
    std::vector<record::Access> accesses = {};
    Schedule block = {};  ///< empty for kPlain
};
using DescribedSequence = std::vector<DescribedStep>;

/// A wakeup tree: each step with the number of its children, which follow it, the first one first. The first
/// entry is the root, whose step says nothing.
struct DescribedTree {
    struct Entry {
        DescribedStep step;
        std::uint32_t children = 0;
    };
    std::vector<Entry> entries;
};

/// All executions that begin with `prefix`, but for those that could begin with a step that is asleep there.
struct Subtree {
    DescribedSequence prefix;  ///< without accesses
    DescribedSequence asleep;
    DescribedTree tree;
};

/// A state from which there is more to explore than the branch that `taken` begins.
struct OpenState {
    DescribedStep taken;
    DescribedSequence asleep;  ///< before `taken`
    DescribedTree tree;
    std::vector<std::uint64_t> planned;  ///< hashes of the sequences that were looked at
};

/// What numbers of one process stand for.
struct Names {
    record::Shapes& shapes;
    Blocks& blocks;
};

[[nodiscard]] DescribedStep describe(const Names& names, const PlannedStep& step);
[[nodiscard]] DescribedSequence describe(const Names& names, const Sequence& sequence);
[[nodiscard]] DescribedTree describe(const Names& names, const WakeupTrees& trees, WakeupTrees::Node root);

[[nodiscard]] PlannedStep understand(const Names& names, const DescribedStep& step);
[[nodiscard]] Sequence understand(const Names& names, const DescribedSequence& sequence);
[[nodiscard]] WakeupTrees::Node understand(const Names& names, WakeupTrees& trees, const DescribedTree& tree);

/// Names a sequence from one state: by its contexts, and what interrupts them.
[[nodiscard]] std::uint64_t hash_of(const Blocks& blocks, const Sequence& sequence) noexcept;
/// Adds it to the sorted numbers, which are all forgotten when there are too many: a sequence that is looked
/// at once more comes to the same. False: it is there.
bool add_once(std::vector<std::uint64_t>& sorted, std::uint64_t number);

}  // namespace heddle::explore
