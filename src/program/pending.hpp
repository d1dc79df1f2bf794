// Where a fiber of an explored program has stopped.
#pragma once

#include <span>
#include <vector>

#include "port/port.hpp"
#include "program/accesses.hpp"
#include "thread/fiber.hpp"

namespace heddle::program {

/// Before an opcode that touches something shared, that begins another turn of a loop, or that looks for
/// callbacks.
struct Pending {
    Accesses accesses;
    const mp_code_state_t* code;
    const byte* ip;
    const mp_obj_t* sp;
    bool ends_turn;                        ///< of a loop: it may be one that waits
    bool looks = false;                    ///< for callbacks: others come between it and what was before
    port::Instant until = port::kForever;  ///< the loop waits for the clock
    port::Instant since = 0;               ///< when it came here
};

/// Of a fiber that has stopped; null: not before an opcode.
[[nodiscard]] inline const Pending* pending_of(const thread::Fiber* fiber) noexcept {
    return fiber == nullptr ? nullptr : static_cast<const Pending*>(fiber->pending);
}

[[nodiscard]] bool is_acquisition(Mode mode) noexcept;
[[nodiscard]] bool is_about_lock(const Accesses& accesses) noexcept;

/// The lock that the next step takes, or tries to; null if it is about none.
[[nodiscard]] const Access* lock_access(const Accesses& accesses) noexcept;
[[nodiscard]] bool is_free(const Access& lock) noexcept;

/// The lock that the next step waits for, with a limit or without; null if it can go on.
[[nodiscard]] const Access* awaited_lock(const Pending* pending) noexcept;
[[nodiscard]] port::Instant end_of_wait(const Pending& pending, const Access& lock) noexcept;

/// What it touches is not what it would have touched when the fiber stopped: others have run since. On the
/// fiber itself.
void look_again(const Pending& pending) noexcept;

/// The same for a fiber that does not run. Precondition: it has stopped before an opcode.
void look_again(const thread::Fiber& fiber) noexcept;

/// Does it write anything of the board?
[[nodiscard]] bool changes_board(std::span<const Access> accesses) noexcept;

/// Of an opcode that cannot wait: what it would take is tried, and only looked at where it is taken.
void make_tries(Accesses& accesses) noexcept;

/// Each place in each mode once, and the board once a device.
void add_accesses(std::vector<Access>& to, const Accesses& accesses);

/// Within a step of several opcodes that has made the accesses `before`: does what the step does from this
/// one on, and which places it touches, follow from values that it has read? `accesses`: null for none.
[[nodiscard]] bool follows_from_reads(const std::vector<Access>& before, const byte* ip,
                                      const Accesses* accesses) noexcept;

}  // namespace heddle::program
