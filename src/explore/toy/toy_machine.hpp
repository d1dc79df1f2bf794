// A machine for tests: programs of a few operations on shared variables and locks.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "explore/machine.hpp"

namespace heddle::explore::toy {

enum class OpKind : std::uint8_t {
    // visible: each is a step
    load,      ///< register a = variable x
    store,     ///< variable x = register a + value
    set,       ///< variable x = value
    change,    ///< variable x += value, which commutes with others
    count,     ///< variable x += value, and register a = what it is then
    lock,      ///< waits for lock x
    unlock,    ///< releases lock x; an exception if nobody has it
    try_lock,  ///< register a = whether it took lock x
    lock_for,  ///< the same, but waits while any other thread can go on
    mask,      ///< taken(x) without waiting, for `pass` of a source
    unmask,
    start,   ///< creates the thread of code x
    gather,  ///< waits until all threads but this one have ended
    // what a thread does by itself, up to its next visible one
    add,      ///< register a += value
    jump,     ///< to x
    jump_if,  ///< to x, if register a == value
    jump_unless,
    check,          ///< an assertion: register a == value
    check_at_most,  ///< an assertion: register a <= value
    turn,           ///< a loop that waits begins its turn here
    again,          ///< to the `turn` at x: the turn wrote nothing
};

struct Op {
    OpKind kind;
    std::uint8_t a = 0;
    std::uint8_t x = 0;
    int value = 0;
};

using Code = std::vector<Op>;

struct Program {
    /// Contexts that are there from the beginning: the first `threads` of `codes`. Others wait for their
    /// `start`.
    std::vector<Code> codes;
    std::size_t threads = 0;
    /// Sources of interrupts: the first access of each step is `pass` of place 1000 + mask, if it is not 0.
    static constexpr std::uint8_t kNoPriority = UINT8_MAX;
    struct Source {
        Code handler;
        int times = 1;
        std::uint8_t mask = 0;
        std::uint8_t priority = kNoPriority;  ///< a handler stops where one of a lower number could fire
    };
    std::vector<Source> sources;
    std::array<int, 32> variables{};
};

/// That time has passed.
inline constexpr Place kTime = 2000;

/// Places: variable x is x, lock x is 500 + x, mask x is 1000 + x, time is kTime; each firing of a source
/// with a priority writes 3000 + its context. A finding's source is code
/// * 1000 + index of the operation + 1.
class ToyMachine : public Machine {
  public:
    explicit ToyMachine(Program program);
    ToyMachine(const ToyMachine&) = delete;
    ToyMachine& operator=(const ToyMachine&) = delete;

    void reset() override;
    [[nodiscard]] SnapshotId take() override;
    void restore(SnapshotId snapshot) override;
    void drop(SnapshotId snapshot) override;
    [[nodiscard]] std::size_t bytes_of(SnapshotId) const override { return sizeof(State); }
    [[nodiscard]] std::span<const ContextState> contexts() override;
    const record::StepRecord& run(ContextId context) override;

    [[nodiscard]] int variable(std::size_t index) const { return state_.variables[index]; }
    [[nodiscard]] std::size_t live_snapshots() const noexcept { return saved_.size() - unused_.size(); }

    static constexpr std::size_t kMost = 104;

  private:
    struct Thread {
        std::uint8_t code = 0;
        std::uint8_t at = 0;
        bool ended = false;
        std::uint8_t reads = 0;
        std::array<int, 4> registers{};
        std::array<std::uint16_t, 6> read{};
        int left = 0;  // firings of a source
        bool operator==(const Thread&) const = default;
    };
    struct State {
        std::array<int, 32> variables{};
        std::array<bool, 32> locked{};
        std::array<bool, 8> masked{};
        std::array<Thread, kMost> threads{};
        std::uint8_t count = 0;
        std::array<ContextId, 4> active{};  // handlers that have stopped, the innermost last
        std::uint8_t actives = 0;
    };

    [[nodiscard]] static record::Source source_of(const Thread& thread) noexcept {
        return thread.code * 1000u + thread.at + 1u;
    }
    static void copy(State& to, const State& from);
    [[nodiscard]] const Code& code_of(const Thread& thread) const { return *codes_[thread.code]; }
    [[nodiscard]] bool is_source(std::size_t context) const noexcept;
    [[nodiscard]] ContextState state_of(std::size_t context) const;
    [[nodiscard]] bool next_of(const Op& op, record::Access& next) const;
    [[nodiscard]] bool gives_up_later(std::size_t context) const;
    [[nodiscard]] std::size_t count_waiting() const;
    void run_lock_for(Thread& thread, const Op& op);
    void touch(Thread& thread, Place place, record::Mode mode, bool follows = false);
    void run_visible(Thread& thread, ContextId context, const Op& op);
    void run_silent(Thread& thread, ContextId context);
    void run_handler(Thread& thread, ContextId context);
    void begin_handler(Thread& thread, ContextId context);
    [[nodiscard]] const Program::Source& source(std::size_t context) const noexcept {
        return program_.sources[state_.threads[context].code - program_.codes.size()];
    }
    /// Is there one above it, or one that could still fire?
    [[nodiscard]] bool is_below_another(std::size_t context, bool fires) const noexcept;
    [[nodiscard]] bool may_fire(std::size_t context) const noexcept;
    bool step_silent(Thread& thread, ContextId context, const Op& op);
    void fail(record::FindingKind kind, ContextId context, const Thread& thread);

    Program program_;
    std::vector<const Code*> codes_;
    bool has_limits_ = false;  // somebody waits for so long only: then steps say that they come before that
    State state_;
    std::vector<State> saved_;
    std::vector<SnapshotId> unused_;
    std::vector<ContextState> contexts_;
    std::vector<record::Access> accesses_;
    std::vector<Place> awaited_;
    record::Finding finding_;
    record::StepRecord record_;
};

}  // namespace heddle::explore::toy
