// Python functions that interrupts call.
#pragma once

#include "mpy/devices.hpp"
#include "mpy/micropython.hpp"

namespace heddle::mpy {

struct Handler;

/// What handlers of one kind do beside calling their function; one static object a kind.
struct HandlerKind {
    /// What is printed before an uncaught exception of a hard handler, as the board says it, without newline.
    void (*print_failure)(const Handler& handler, const mp_print_t* print);
    /// Called after that: the device stops raising. The function is None already.
    void (*failed)(Handler& handler);
    /// Called at each interrupt, also without a function, before it. May be null. Not to raise or allocate.
    void (*fired)(Handler& handler);
    /// Called by the interrupt thread after the call has returned. May be null.
    void (*called)(Handler& handler) = nullptr;
};

/// On the heap; the line's table keeps it alive, and it keeps its device.
struct Handler {
    const HandlerKind* kind;
    devices::Line line;
    devices::Context context;
    mp_obj_t device;    ///< whose interrupt this is
    mp_obj_t function;  ///< None: nothing is called
    mp_obj_t argument;  ///< MP_OBJ_NULL: the function is called without one
};

/// Room for the handlers of all the board's lines. Once, before the others here. Raises MemoryError.
void make_handler_table();

/// One that has no line and no function yet. Raises MemoryError. For a thread.
[[nodiscard]] Handler& make_handler(const HandlerKind& kind, mp_obj_t device);

/// The line's interrupts are the handler's from now on. For thread and handler.
void attach(devices::Line line, Handler& handler) noexcept;

/// The line's handler, made if it has none; then its function is None. Whatever it was before, its kind,
/// context and device are these now. Raises MemoryError. For a thread.
Handler& attach(devices::Line line, const HandlerKind& kind, devices::Context context, mp_obj_t device);

/// The line calls nobody any more. For thread and handler.
void detach(devices::Line line) noexcept;

/// Null if it has none.
[[nodiscard]] Handler* handler_of(devices::Line line) noexcept;

/// The line's interrupt: calls its handler's function, or queues the call. For who serves interrupts. In a
/// hard handler the heap and the scheduler are locked. Never raises.
void serve(devices::Line line) noexcept;

/// Calls `function` with `argument` (MP_OBJ_NULL: none). For threads and handlers.
inline void call(mp_obj_t function, mp_obj_t argument) {
    if (argument == MP_OBJ_NULL) {
        mp_call_function_0(function);
    } else {
        mp_call_function_1(function, argument);
    }
}

/// In a handler of any context: its line's work was put off. In a thread: nothing.
void note_deferred() noexcept;

/// Calls what the scheduler has just taken from its queue. Never raises: an uncaught exception is printed,
/// and Ctrl-C is pending again, for the main thread.
void call_scheduled(mp_obj_t function, mp_obj_t argument) noexcept;

// The board's interrupt thread, which some boards have; interrupt_thread.cpp.

/// Starts it, with facts().interrupt_queue places. Once, before any post(). Raises MemoryError. For the main
/// thread.
void start_interrupt_thread();
/// Puts the handler's call into the thread's queue; false when that is full, or when the thread has died.
/// What is called is the handler's function at that time; None: nothing.
[[nodiscard]] bool post(Handler& handler) noexcept;
/// The line whose call the interrupt thread makes, if the running thread is that one; else kNoLine.
[[nodiscard]] devices::Line posted_line() noexcept;

}  // namespace heddle::mpy
