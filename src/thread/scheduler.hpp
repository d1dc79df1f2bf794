// Threads of a program as fibers, of which one at a time runs: the one whose carrier has the run token.
//
// A carrier is a thread of the operating system. Around a call that blocks, a fiber stays on its carrier and
// lets the token go; another carrier takes it when there is work. So a thread costs a stack, a switch is a
// function call, and no call that blocks stops the others.
//
// Unless it says otherwise, a function here is for a running fiber.
#pragma once

#include <cstddef>

#include "port/port.hpp"
#include "thread/fiber.hpp"
#include "thread/slice.h"

namespace heddle::thread {

/// A busy fiber goes on for about this long while others are ready.
inline constexpr port::Instant kSliceNs = 10'000;

/// Bytes that every stack has beyond what was asked for: room for C functions that do not look at the limit,
/// and for the handling of an exhausted stack.
inline constexpr std::size_t kStackMarginBytes = std::size_t{128} * 1024;

/// Runs `entry(argument)` as the main fiber, until it returns; other fibers are abandoned where they are.
/// Called once, on the program's first thread. False when the system has no room for the main stack or its
/// carrier.
[[nodiscard]] bool run(Entry entry, void* argument, std::size_t stack_bytes);

/// A fiber that runs `entry(argument)` once start() was called for it, with at least `stack_bytes` of stack.
/// With `argument_bytes`, the argument is so much zeroed memory at the top of the fiber's stack, for the
/// caller to fill; else it is `argument`. Null when there is no room or the limit is reached.
[[nodiscard]] Fiber* create(Entry entry, void* argument, std::size_t stack_bytes,
                            std::size_t argument_bytes = 0, Role role = Role::program) noexcept;

/// Makes a new fiber ready. Its identifier. The caller goes on running.
ThreadId start(Fiber& fiber) noexcept;

/// The most fibers that may live at once, the main one included. 0 (at first): no limit.
void set_thread_limit(std::size_t threads) noexcept;

/// The scheduler's clock: the machine's monotonic one, or a search's virtual one.
[[nodiscard]] port::Instant now() noexcept;

/// Nonzero, unique among live fibers. 1 is the main fiber.
[[nodiscard]] ThreadId current_id() noexcept;

/// Whose heddle_thread_local is `local`; 0 if nobody's.
[[nodiscard]] ThreadId id_of_local(const void* local) noexcept;

/// The upper end of the running fiber's usable stack.
[[nodiscard]] char* stack_top() noexcept;

/// Bytes left on the running fiber's stack, the margin included; none where a signal handler runs on its own.
[[nodiscard]] std::size_t stack_left() noexcept;

/// Lets every other ready fiber run once before this one.
void yield() noexcept;

/// Waits until `deadline` or an event.
port::Wake sleep_until(port::Instant deadline) noexcept;

/// Called when heddle_slice_budget reached 0: sets it anew, and lets others run when the slice is over.
void end_of_slice() noexcept;

/// Between these two the running fiber is in a callback that has interrupted it. Nests.
void begin_callback() noexcept;
void end_callback() noexcept;
[[nodiscard]] bool in_callback() noexcept;

/// Between these two the running fiber is in a handler of an interrupt, and nobody else runs. Nests.
void begin_interrupt() noexcept;
void end_interrupt() noexcept;
[[nodiscard]] bool in_interrupt() noexcept;
/// In how many, one within the other.
[[nodiscard]] int interrupts() noexcept;

/// Between these two the running fiber's time slice does not end; only a wait lets others run. Nests.
void begin_hold() noexcept;
void end_hold() noexcept;
[[nodiscard]] bool is_held() noexcept;

/// Between these two, the running fiber touches nothing that others may touch.
void enter_blocking_call() noexcept;
void leave_blocking_call() noexcept;

/// Is the calling operating-system thread between the two? For any thread.
[[nodiscard]] bool in_blocking_call() noexcept;

/// How many fibers are between the two.
[[nodiscard]] std::size_t blocking_calls() noexcept;

/// The running fiber's next wait comes back as interrupted, unless its deadline has passed by then.
void interrupt_own_wait() noexcept;

/// The wait that some fiber, preferably the main one, is in comes back as interrupted, so that it handles
/// events. False if none waits.
bool interrupt_a_wait() noexcept;

/// The main fiber's wait or blocking call comes back as interrupted. `handled` says when that has been
/// noticed; the call is interrupted again until then. Callable from a signal handler.
void interrupt_main(bool (*handled)()) noexcept;

/// Visits the memory [begin, end) that every fiber but the running one may keep pointers in.
using VisitMemory = void (*)(void** begin, std::size_t words);
void visit_suspended_stacks(VisitMemory visit);

/// Is `address` in the guard of the running fiber's stack? False in a blocking call. Callable from a handler
/// of SIGSEGV, for which every carrier has a signal stack.
[[nodiscard]] bool is_stack_exhausted_at(const void* address) noexcept;

/// Is one of the program's threads ready to run?
[[nodiscard]] bool program_is_ready() noexcept;

/// The number of live fibers, services not counted.
[[nodiscard]] std::size_t live_threads() noexcept;

}  // namespace heddle::thread
