// Loops between whose turns nobody can come, as with interrupts disabled: a turn that ends as it began goes
// on for ever.
#pragma once

#include "program/accesses.hpp"
#include "program/turns.hpp"

namespace heddle::program {

/// Others can come again: what was known of turns is forgotten.
void forget_repeats() noexcept;

/// Before each opcode of code that nobody can interrupt, with what it is about to touch. Where it has been in
/// the same state before, and will be for ever, the step ends: see StepLimit. Time passes in a loop that
/// waits for the clock. For a fiber; not within a hold.
void end_if_endless(const TurnPlace& place, const Accesses* accesses) noexcept;

}  // namespace heddle::program
