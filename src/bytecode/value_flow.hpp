// What follows from what a context has read of one place: its values, and whether it comes to an instruction
// at all. Watched opcode by opcode while the context runs.
//
// A value follows if it was computed from one that does, by bytecode or by a function in C; through locals,
// the stack, calls and their results, exceptions, and whatever the context has stored it to. What runs or
// not by a branch on such a value follows too, up to where both ways meet. So a loop that has waited decides
// nothing about what comes after it. A write that does not follow may be one of an update all the same: see
// is_kept() and is_gone().
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "bytecode/accesses.hpp"
#include "bytecode/control_flow.hpp"
#include "bytecode/read_condition.hpp"

namespace heddle::bytecode {

/// Not thread-safe. Allocates, and raises nothing.
class ValueFlow {
  public:
    explicit ValueFlow(std::uint64_t place) : place_(place) {}

    /// Before each opcode of the context, with the interpreter's own sp. `reads_count`: from what it reads of
    /// the place, others follow.
    void step(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp, bool reads_count);

    /// Before each opcode of the others.
    void step_of_another(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp);

    enum class Written : std::uint8_t {
        nothing,
        apart,
        updated,  ///< it follows what was read; or what was read is still in use, or was waited for
    };
    /// To the place, since the last call.
    [[nodiscard]] Written take_written() noexcept;

    /// Since the context last read the place, others have written to it, and only the value that it read.
    [[nodiscard]] bool is_still_as_read() const noexcept;

  private:
    // How a value, or what it is about, follows.
    enum Flow : std::uint8_t {
        kApart = 0,
        kByControl = 1,  // by a branch alone
        kByData = 2,     // it was computed from what was read
    };

    struct Argument {
        mp_obj_t value;
        Flow flow;
    };

    // The last opcode of an activation, until the next one shows what it left on the stack.
    struct Opcode {
        const byte* ip = nullptr;
        std::size_t first_output = 0;  // the slot
        bool moves_only = false;
        bool unwinds = false;  // a `finally` may come next
        bool is_source = false;
        Flow flow = kApart;
        mp_obj_t function = MP_OBJ_NULL;  // of a call
        Flow function_flow = kApart;
        std::vector<Argument> following;  // of its inputs
        // Of the activations that it made:
        Flow result_flow = kApart;
        bool is_result_all = false;  // the function itself is bytecode
        ReadCondition result_condition{};
    };

    struct Join {
        const byte* branch;  // null: an exception
        const byte* ip;      // null: the activation's end
        std::vector<int> locals;
    };

    struct Activation {
        const mp_code_state_t* code = nullptr;  // may be gone, where an exception has ended all of them
        const byte* bytecode = nullptr;
        std::vector<Flow> slots;  // of code->state
        bool is_controlled = false;
        std::vector<Join> joins;  // of branches that decide whether it comes where it is
        ReadConditions conditions{};
        Opcode last;
    };

    [[nodiscard]] Flow control_of(const Activation& activation) const;
    [[nodiscard]] bool would_come_now() const;
    Activation& activation_at(const mp_code_state_t* code, const byte* ip);
    void begin_activation(const mp_code_state_t* code);
    void resume(Activation activation);
    void end_last_activation();
    void pass_arguments(Activation& made, const Opcode& call) const;

    void end_opcode(Activation& activation, const byte* ip, const mp_obj_t* sp);
    void end_with_exception(Activation& activation, const byte* ip, std::size_t top);
    void close_joins(Activation& activation, const byte* ip);
    void begin_opcode(Activation& activation, const byte* ip, const mp_obj_t* sp, bool reads_count);
    void note_inputs(Activation& activation, const mp_obj_t* sp, std::size_t inputs);
    void note_accesses(Activation& activation, const Accesses& accesses, bool reads_count);
    void note_stored(const Opcode& opcode, const Accesses& accesses);
    void note_stores(Activation& activation, const byte* ip, const mp_obj_t* sp);
    void note_branch(Activation& activation);
    bool move_slots(Activation& activation, std::size_t top) const;
    [[nodiscard]] bool is_kept() const;
    [[nodiscard]] bool is_kept_in(const Activation& activation) const;
    [[nodiscard]] bool has_waited(const Activation& activation, const byte* ip);
    [[nodiscard]] bool is_gone() const noexcept;
    const ControlFlow& flow_of(const Activation& activation);

    std::uint64_t place_;
    std::vector<Activation> activations_;                               // the innermost last
    std::unordered_map<const mp_code_state_t*, Activation> suspended_;  // generators
    std::unordered_map<std::uint64_t, Flow> places_;                    // whose content follows
    std::unordered_map<const byte*, std::unique_ptr<ControlFlow>> flows_;
    Decisions decisions_;
    Written written_ = Written::nothing;
    bool is_stored_ = false;        // what was read; nothing else has been stored since
    bool has_just_waited_ = false;  // nothing was touched since a loop's condition
    mp_obj_t read_ = MP_OBJ_NULL;   // the last value that counts
    std::vector<mp_obj_t> others_;  // values that other contexts have written since; null: not known
};

}  // namespace heddle::bytecode
