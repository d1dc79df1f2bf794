// Wakeup trees: what a search has promised to explore from a state, as sequences of steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "explore/machine.hpp"
#include "explore/spilled_bytes.hpp"
#include "explore/strategies/blocks.hpp"
#include "record/shapes.hpp"

namespace heddle::explore {

/// A step or another move, and what it does where it is to run.
struct PlannedStep {
    ContextId context = kNoContext;
    record::ShapeId shape = 0;
    BlockId block = kPlain;

    friend bool operator==(const PlannedStep&, const PlannedStep&) = default;
};

using Sequence = std::vector<PlannedStep>;

/// Whether the two, of different contexts, may run in either order.
[[nodiscard]] inline bool independent(const record::Shapes& shapes, const PlannedStep& a,
                                      const PlannedStep& b) {
    return !shapes.conflict(a.shape, b.shape);
}

/// How a step of a context stands to a sequence from the same state.
enum class Standing : std::uint8_t {
    first,   ///< the sequence has it, and it could as well be run first there
    beside,  ///< the sequence does not have its context, and nothing in it conflicts with the step
    later,   ///< neither
};
struct Found {
    Standing standing;
    std::size_t index;
};
/// `index` is where the sequence has it, or what it conflicts with.
[[nodiscard]] Found find_in(const record::Shapes& shapes, const Sequence& sequence, const PlannedStep& step);

/// Whether none of the steps, with which all was explored or is being explored, could begin the sequence.
[[nodiscard]] bool is_unexplored(const record::Shapes& shapes, const Sequence& asleep,
                                 const Sequence& sequence);

/// All wakeup trees of one search, which share their memory. A tree is named by its root, whose own step says
/// nothing; its children are ordered. How many steps they hold can grow with the executions that were run:
/// above `most_in_memory` bytes they are in a file, and what adds to them can throw a std::system_error. Not
/// thread-safe.
class WakeupTrees {
  public:
    using Node = std::uint32_t;
    static constexpr Node kNone = UINT32_MAX;

    explicit WakeupTrees(std::size_t most_in_memory = SIZE_MAX) noexcept : memory_(most_in_memory) {}
    [[nodiscard]] bool is_spilled() const noexcept { return memory_.is_spilled(); }
    /// That all trees hold now.
    [[nodiscard]] std::size_t steps() const noexcept { return used_; }

    [[nodiscard]] Node make_root();
    [[nodiscard]] bool is_empty(Node root) const noexcept { return entry(root).child == kNone; }
    [[nodiscard]] Node first_child(Node node) const noexcept { return entry(node).child; }
    [[nodiscard]] Node next_sibling(Node node) const noexcept { return entry(node).sibling; }
    [[nodiscard]] const PlannedStep& step(Node node) const noexcept { return entry(node).step; }

    /// Takes the first child out of the tree, as the root of one of its own. Precondition: the tree is not
    /// empty.
    [[nodiscard]] Node take_first(Node root) noexcept;
    /// Moves the children of a tree to the end of another one, and frees the first. They may be in both.
    void merge(Node root, Node other);
    /// After the other children.
    Node add_child(Node node, const PlannedStep& step);
    /// Adds what of `sequence` the tree does not yet promise; nothing, if it promises an execution that has
    /// it all.
    void insert(const record::Shapes& shapes, Node root, Sequence& sequence);
    /// Frees a tree that is empty.
    void free(Node root);
    /// Frees any tree.
    void free_all(Node root);

  private:
    struct Entry {
        PlannedStep step;
        Node child = kNone;
        Node sibling = kNone;
    };

    [[nodiscard]] Node make(const PlannedStep& step);
    [[nodiscard]] Node last_child(Node node) const noexcept;
    [[nodiscard]] Node descend(const record::Shapes& shapes, Node node, Sequence& sequence) const;

    [[nodiscard]] Entry& entry(Node node) const noexcept { return static_cast<Entry*>(memory_.data())[node]; }

    SpilledBytes memory_;
    Node count_ = 0;
    std::size_t used_ = 0;
    Node unused_ = kNone;  // the first of those that are free, which are siblings
};

}  // namespace heddle::explore
