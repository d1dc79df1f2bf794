// What a branch of a function decides: which instructions run only one way, and where both ways meet again.
#pragma once

#include <unordered_map>
#include <vector>

#include "bytecode/instructions.hpp"

namespace heddle::bytecode {

/// Of one function's bytecode, which it does not own. Exceptions are left out.
class ControlFlow {
  public:
    explicit ControlFlow(const byte* bytecode);

    /// The first instruction that comes after this one whichever way is taken, or whichever number of turns:
    /// its immediate post-dominator. Null: the function's end. Of a loop without end, its head.
    [[nodiscard]] const byte* join_of(const byte* ip) const;

    /// The first one that comes after both.
    [[nodiscard]] const byte* join_of(const byte* one, const byte* other) const;

    /// Local variables that are stored to somewhere between the branch and its join.
    [[nodiscard]] std::vector<int> stored_between(const byte* branch) const;

    /// Does who goes from the branch to this successor leave a loop that the branch is in?
    [[nodiscard]] bool leaves_loop(const byte* branch, const byte* successor) const;

    /// Has who comes to the branch always been at the instruction, and at each turn of a loop anew?
    [[nodiscard]] bool always_precedes(const byte* ip, const byte* branch) const;

    /// May the local variable's value be loaded after the instruction, before another one is stored?
    [[nodiscard]] bool is_loaded_after(const byte* ip, int local) const;

  private:
    using Index = std::size_t;

    void find_instructions(const byte* first);
    void connect();
    void mark_reaching(Index target, std::vector<bool>& marked, std::vector<Index>& order) const;
    void end_endless_loops();
    void find_joins();
    template <class Visit>
    void visit_from(const byte* ip, Visit&& visit) const;
    [[nodiscard]] Index meet(Index one, Index other, const std::vector<Index>& rank) const;
    [[nodiscard]] const byte* ip_of(Index index) const {
        return index == exit() ? nullptr : instructions_[index];
    }
    [[nodiscard]] Index exit() const noexcept { return instructions_.size(); }

    std::vector<const byte*> instructions_;
    std::unordered_map<const byte*, Index> index_of_;
    std::vector<std::vector<Index>> after_;   // by instruction; exit() at its end
    std::vector<std::vector<Index>> before_;  // the other way round
    std::vector<Index> join_;                 // of exit(): itself
};

}  // namespace heddle::bytecode
