// What built-in functions, types and methods do to their arguments, by what they do. Only
// bytecode/access*.cpp include this.
#pragma once

#include "bytecode/access_calls.hpp"
#include "bytecode/access_places.hpp"

namespace heddle::bytecode::effects {

using Arguments = CallArguments;

void nothing(Accesses& out, const Arguments& arguments) noexcept;
/// Nobody knows.
void anything(Accesses& out, const Arguments& arguments) noexcept;

/// Of what there is one of.
template <PlaceKind kind>
void changes(Accesses& out, const Arguments&) noexcept {
    touch(out, Mode::write, kind);
}
template <PlaceKind kind>
void looks_at(Accesses& out, const Arguments&) noexcept {
    touch(out, Mode::read, kind);
}
void draws_from(Accesses& out, const Arguments& arguments) noexcept;
void tells_time_unless_given(Accesses& out, const Arguments& arguments) noexcept;

// All arguments alike.
void consumes(Accesses& out, const Arguments& arguments) noexcept;
void reads_deep(Accesses& out, const Arguments& arguments) noexcept;
void prints(Accesses& out, const Arguments& arguments) noexcept;

// The first argument, which is self for methods.
void reads_length(Accesses& out, const Arguments& arguments) noexcept;
void reads_self(Accesses& out, const Arguments& arguments) noexcept;
void steps(Accesses& out, const Arguments& arguments) noexcept;
void rewrites(Accesses& out, const Arguments& arguments) noexcept;
/// Its items stay where they are.
void changes_self(Accesses& out, const Arguments& arguments) noexcept;
void asks_self(Accesses& out, const Arguments& arguments) noexcept;

// Attributes by name.
void gets_attribute(Accesses& out, const Arguments& arguments) noexcept;
void sets_attribute(Accesses& out, const Arguments& arguments) noexcept;
void deletes_attribute(Accesses& out, const Arguments& arguments) noexcept;
/// Those of object: around what the class intercepts.
void sets_member(Accesses& out, const Arguments& arguments) noexcept;
void deletes_member(Accesses& out, const Arguments& arguments) noexcept;
void lists_names(Accesses& out, const Arguments& arguments) noexcept;

// Containers.
void appends(Accesses& out, const Arguments& arguments) noexcept;
void extends(Accesses& out, const Arguments& arguments) noexcept;
void rewrites_with(Accesses& out, const Arguments& arguments) noexcept;
void pops_from_list(Accesses& out, const Arguments& arguments) noexcept;
void searches(Accesses& out, const Arguments& arguments) noexcept;
void gets_item(Accesses& out, const Arguments& arguments) noexcept;
void sets_item(Accesses& out, const Arguments& arguments) noexcept;
void deletes_item(Accesses& out, const Arguments& arguments) noexcept;
void contains(Accesses& out, const Arguments& arguments) noexcept;
/// An item that is there is only read: setdefault(), add().
void inserts_missing(Accesses& out, const Arguments& arguments) noexcept;
void inserts_from(Accesses& out, const Arguments& arguments) noexcept;
void updates_dict(Accesses& out, const Arguments& arguments) noexcept;
void toggles_items(Accesses& out, const Arguments& arguments) noexcept;

// Streams and buffers.
void uses_stream(Accesses& out, const Arguments& arguments) noexcept;
void reads_into(Accesses& out, const Arguments& arguments) noexcept;
void dumps_to_stream(Accesses& out, const Arguments& arguments) noexcept;
void packs_into(Accesses& out, const Arguments& arguments) noexcept;

/// By a method of a device, or a function.
void changes_board(Accesses& out, const Arguments& arguments) noexcept;
void makes_timer(Accesses& out, const Arguments& arguments) noexcept;

// Threads, locks, pins.
template <Mode mode>
void touches_lock(Accesses& out, const Arguments& arguments) noexcept {
    touch_state(out, mode, PlaceKind::lock, arguments[0]);
}
void acquires(Accesses& out, const Arguments& arguments) noexcept;
void starts_thread(Accesses& out, const Arguments& arguments) noexcept;
/// Sleeps, or waits for an interrupt.
void passes_time(Accesses& out, const Arguments& arguments) noexcept;
/// What is outside a pin.
void uses_line(Accesses& out, const Arguments& arguments) noexcept;
void drives_line(Accesses& out, const Arguments& arguments) noexcept;
/// Without an argument; with one it sets something.
void asks_board(Accesses& out, const Arguments& arguments) noexcept;
void times_pulse(Accesses& out, const Arguments& arguments) noexcept;
void uses_pin(Accesses& out, const Arguments& arguments) noexcept;
void drives_pin(Accesses& out, const Arguments& arguments) noexcept;
void sets_pin_up(Accesses& out, const Arguments& arguments) noexcept;

}  // namespace heddle::bytecode::effects
