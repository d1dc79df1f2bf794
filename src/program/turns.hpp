// Loops of an explored program that wait: a turn that changes nothing has to read something anew to get on.
//
// A turn goes from one backward jump to the same one in the same frame. Each is made on trial first and taken
// back. One that writes may still change nothing once it is over: it takes a lock and frees it, or writes
// what was there before. Such a turn is made for real once, so that others can come between; the next one,
// from the same state, waits.
#pragma once

#include <span>

#include "program/accesses.hpp"
#include "thread/fiber.hpp"

namespace heddle::program {

/// Does the opcode jump back to the condition or the body of a `while` loop? Where only the truth of an
/// object decides, it may.
[[nodiscard]] bool ends_turn(const byte* ip, const mp_obj_t* sp) noexcept;

/// Is it a jump that depends on a value?
[[nodiscard]] bool branches(const byte* ip) noexcept;

struct TurnPlace {
    const mp_code_state_t* code;
    const byte* ip;
    const mp_obj_t* sp;
};

struct Turn {
    /// It has to read one of `reads` anew. Valid until the next call.
    bool waits = false;
    /// It sleeps, and nothing that it does can end the loop.
    bool serves = false;
    std::span<const std::uint64_t> reads = {};
    /// Not kForever: the clock alone changes what it does, at this time.
    port::Instant until = port::kForever;
};

/// What the turn would do that the fiber, paused at `place`, is about to make.
[[nodiscard]] Turn try_turn(thread::Fiber& fiber, const TurnPlace& place);

[[nodiscard]] bool is_on_trial() noexcept;

/// While it is: before each opcode of the fiber, with what it is about to touch. `may_pause`: the fiber may
/// be stopped here.
void note_on_trial(const TurnPlace& place, const Accesses* accesses, bool may_pause);

/// The turn does something that is not told by accesses. Does not return.
void end_trial();

}  // namespace heddle::program
