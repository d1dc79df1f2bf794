// What a condition asks about a value that was read, so that it can be asked about another value.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "bytecode/accesses.hpp"

extern "C" {
#include "py/bc.h"
}

namespace heddle::bytecode {

/// The value that was read, or how it compares with one that has nothing to do with it.
struct ReadCondition {
    mp_obj_t read = MP_OBJ_NULL;  ///< null: no condition that is known
    bool is_comparison = false;
    bool is_read_first = false;  ///< of the two that are compared
    bool is_negated = false;
    mp_binary_op_t comparison = MP_BINARY_OP_EQUAL;
    mp_obj_t compared_with = MP_OBJ_NULL;

    /// Can it be told whether it is true if this was read instead? By a look at small integers, interned
    /// strings, None, True and False.
    [[nodiscard]] bool is_known_for(mp_obj_t value) const noexcept;
    /// And is it as true or false as it was?
    [[nodiscard]] bool is_same_for(mp_obj_t value) const noexcept;

  private:
    [[nodiscard]] std::optional<bool> holds_for(mp_obj_t value) const noexcept;
};

/// What the opcode has loaded from a place, if it leaves that as it is; else one that is not known.
[[nodiscard]] ReadCondition condition_of(const byte* ip, mp_obj_t loaded) noexcept;

/// Of the slots and local variables of one activation. Not thread-safe.
class ReadConditions {
  public:
    /// Before the opcode, with the interpreter's sp. `first_output`: the slot. `is_alone`: one of its inputs
    /// alone was computed from what was read.
    void step(const mp_code_state_t& code, const byte* ip, const mp_obj_t* sp, std::size_t first_output,
              bool is_alone);

    /// What a load or a call has left there.
    void set(std::size_t slot, const ReadCondition& condition);
    [[nodiscard]] ReadCondition at(std::size_t slot) const noexcept;

  private:
    [[nodiscard]] ReadCondition made_by(const byte* ip, const mp_obj_t* sp, std::size_t top,
                                        bool is_alone) const;
    [[nodiscard]] ReadCondition compared(mp_binary_op_t comparison, const mp_obj_t* sp,
                                         std::size_t top) const;

    std::vector<ReadCondition> stack_;
    std::unordered_map<int, ReadCondition> locals_;
};

/// What has been decided by what was read. Not thread-safe.
class Decisions {
  public:
    /// At a branch, before it is taken; its condition is on top of the stack.
    void add(const mp_code_state_t& code, const byte* branch, const mp_obj_t* sp,
             const ReadCondition& condition);
    /// Which function is called, or that an exception was raised, `by_read`: cannot be asked again.
    void choose_function(bool by_read);
    void end_by_exception(bool by_read);

    /// Before each opcode.
    void step(const mp_code_state_t& code, const byte* ip, const mp_obj_t* sp);
    /// And what it is about to touch.
    void leave(const byte* ip, const Accesses& accesses);

    /// Would the context have come to the same place if this had been read instead? Where another way would
    /// have been taken: it has come to where that way begins later on, and has left nothing behind before.
    [[nodiscard]] bool are_same_for(mp_obj_t value) const;

  private:
    struct Decision {
        const mp_code_state_t* code = nullptr;
        const byte* branch = nullptr;
        const byte* other = nullptr;  ///< the way that is not taken; null: not known yet, or no longer
        std::size_t height = 0;       ///< of the stack at the branch
        ReadCondition condition{};
        std::size_t met = 0;  ///< so many decisions had been made where it has come to the other way
        bool is_new = true;
    };

    void forget_ways();
    static void note_way(Decision& decision, const byte* ip);
    [[nodiscard]] static bool meets(const Decision& decision, const byte* ip, const mp_obj_t* sp,
                                    std::size_t height);

    std::vector<Decision> decisions_;
};

}  // namespace heddle::bytecode
