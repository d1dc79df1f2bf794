// Which shared places an opcode is about to read and write.
//
// A place is a part of an object, or something that all threads share: the output, the board. Two opcodes of
// different threads can change each other's effect only if they touch one place in modes that conflict.
//
// Containers have places of three kinds: an item each, their *content*, and their *shape*. A read of an item
// reads that item; a write of one writes it and updates the content; what adds, removes or moves items writes
// the shape too; what looks at all items reads content and shape. Items of lists and buffers move with the
// shape, so reading or writing one reads the shape; keys and attributes do not. Thus two keys, two
// attributes, two bytes are independent until the container is resized or looked at as a whole.
//
// Memory that one thread alone can reach is listed too: it meets no access of anybody else.
#pragma once

#include <cstddef>
#include <cstdint>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/bc.h"
}

namespace heddle::bytecode {

enum class Mode : std::uint8_t {
    read,
    update,  ///< a write to some part: conflicts with read and write, not with other updates
    write,
    acquire,      ///< of a lock: waits until it is free
    acquire_for,  ///< the same, with a limit of time
    try_acquire,  ///< takes the lock or goes on without
    release,
    look,   ///< asks whether a lock is taken, or sleeps: no answer of the clock is used
    start,  ///< of a thread
};

/// Whether the order of two accesses to one place can matter.
[[nodiscard]] constexpr bool conflict(Mode one, Mode other) noexcept {
    const bool one_reads = one == Mode::read || one == Mode::look;
    const bool other_reads = other == Mode::read || other == Mode::look;
    return !(one_reads && other_reads) && !(one == Mode::update && other == Mode::update);
}

enum class PlaceKind : std::uint8_t {
    global,     ///< `object` is the dict of the module or class, `key` the name
    attribute,  ///< of the instance or class `object`; `key` is the name
    item,       ///< `object[key]`
    content,    ///< all items of `object`
    shape,      ///< how many items, and where they are
    bytes,      ///< all of a buffer, for what writes many of them at once
    cell,       ///< a variable that functions share, `object` is its cell
    state,      ///< all of an object that has no parts: a generator, a deque, a stream
    lock,       ///< a lock or mutex, `object`
    pin,        ///< `object`
    output,
    clock,
    random,
    board,       ///< all of it; where it is written, `object` is the device, or new: None; null: whichever
    interrupts,  ///< the mask
    schedule,    ///< the queue of micropython.schedule()
    heap,        ///< the collector
    outside,     ///< files, sockets, the process
    thread,      ///< which threads there are
    anything,    ///< written by what the table cannot tell, and then read by every step
};

struct Access {
    /// The same for two accesses of one place, and for no others but by a chance of 2^-64.
    std::uint64_t place;
    Mode mode;
    PlaceKind kind;
    /// For reports; null and MP_OBJ_NULL where the kind needs none.
    const void* object;
    mp_obj_t key;  ///< where `mode` is acquire_for: the seconds, a number
    /// Which places the opcode touches follows from what other places hold.
    bool varies = false;
};

/// One access a place: what both reads and writes it is a write.
struct Accesses {
    static constexpr std::size_t kMost = 24;

    Access list[kMost + 1];
    std::uint8_t count;
    /// There may be others: the last one is a write of anything.
    bool unknown;
    /// See Access::varies, which the first one then has.
    bool varies;

    const Access* begin() const noexcept { return list; }
    const Access* end() const noexcept { return list + count; }
};

/// Sets `out` to the accesses that the opcode at `ip` is about to make itself; functions in Python that it
/// calls make theirs at their own opcodes. `sp` is the interpreter's own, at the top item. False: none, and
/// `out` is untouched for most opcodes.
///
/// Where the opcode is the last one of a function in Python that code in C has called, as max() calls its
/// key, what that code may touch from then on is among them.
///
/// Called before the opcode, by the thread that is to run it. Allocates nothing, raises nothing, runs no
/// Python. Leaves `sp` in the frame, for the functions that it calls.
bool accesses_of(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp, Accesses& out) noexcept;

/// Can an opcode of this kind touch anything that is not the frame's own, whatever it finds?
[[nodiscard]] bool may_touch(const byte* ip) noexcept;

/// Writes an object for people: as the global variable of the running module that holds it, "lock", or that
/// holds an object which does, "account.lock" or "forks[2]"; otherwise as its type, "<lock>".
void print_object(const void* object, const mp_print_t* print) noexcept;

/// Writes the place for people: "v", "record[2]", "counter.count", "the size of data".
void print_place(const Access& access, const mp_print_t* print) noexcept;

}  // namespace heddle::bytecode
