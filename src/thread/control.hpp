// Fibers under the control of a search: one runs when the search says so, until it stops.
//
// All of it is for one operating-system thread, which is no carrier. While a search has control, nothing else
// of scheduler.hpp decides who runs: no slice ends, a blocking call keeps everything waiting, deadlines are
// the search's business, and the clock is what set_clock() said.
#pragma once

#include <cstddef>

#include "port/port.hpp"
#include "thread/fiber.hpp"

namespace heddle::thread {

/// Why a fiber has stopped.
enum class Stop : std::uint8_t {
    paused,  ///< in pause_here(); can be resumed
    ready,   ///< it let others run, or was just woken; can be resumed
    parked,  ///< waits for unpark(), its deadline or an event
    ended,   ///< its stack is free for others
};

/// Memory [begin, begin + bytes) for stacks of `stack_bytes` each, its guards included, that is at the same
/// place in each run: what lies there can be copied away and back.
struct StackArena {
    char* begin = nullptr;
    std::size_t bytes = 0;
    std::size_t stack_bytes = 0;
};

/// The most stacks of an arena.
inline constexpr std::size_t kMostControlledStacks = 256;

/// Takes control. Once a process, before any fiber is made; run() is not called then.
void take_control(const StackArena& arena) noexcept;

[[nodiscard]] bool is_controlled() noexcept;

/// Is it a fiber that runs, not the search? Callable from a signal handler too.
[[nodiscard]] bool is_fiber_running() noexcept;

/// Makes the main fiber, which runs `entry(argument)`. False if the arena has no room for it.
[[nodiscard]] bool start_controlled(Entry entry, void* argument, std::size_t stack_bytes) noexcept;

/// Runs the fiber until it stops. Precondition: it is neither parked nor ended. For the search.
Stop resume(Fiber& fiber) noexcept;

/// Stops the running fiber with Stop::paused until it is resumed. For a fiber; not within a hold.
void pause_here() noexcept;

/// The same, with `pending` in Fiber::pending meanwhile.
void pause_with(const void* pending) noexcept;

/// Where there can be only so many threads, the end of one makes room for another: it pauses once more before
/// it. For a fiber, which need not be controlled.
void pause_before_end() noexcept;

/// Fiber::number of the running one.
[[nodiscard]] std::size_t current_number() noexcept;

/// How many fibers there have been.
[[nodiscard]] std::size_t threads_ever() noexcept;

/// Ends a parked fiber's wait: its deadline has passed, or an event came. For the search.
void end_wait(Fiber& fiber, port::Wake why) noexcept;

/// The fiber of that identifier; null if it has ended. For the search.
[[nodiscard]] Fiber* find_fiber(ThreadId id) noexcept;

/// All that live, in the order of their creation.
template <class Visit>
void for_each_fiber(Visit&& visit);

[[nodiscard]] port::Instant now() noexcept;
void set_clock(port::Instant now) noexcept;

/// The scheduler's own variables: with the stacks, all that changes while fibers run.
struct Bytes {
    char* begin;
    std::size_t size;
};
[[nodiscard]] Bytes scheduler_bytes() noexcept;

/// The part of a live fiber's stack that is in use, the fiber itself included. For one that does not run.
[[nodiscard]] Bytes stack_in_use(const Fiber& fiber) noexcept;

void visit_fibers(void (*visit)(Fiber& fiber, void* context), void* context) noexcept;

template <class Visit>
void for_each_fiber(Visit&& visit) {
    visit_fibers([](Fiber& fiber, void* context) { (*static_cast<Visit*>(context))(fiber); }, &visit);
}

}  // namespace heddle::thread
