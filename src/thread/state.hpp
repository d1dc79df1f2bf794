// The scheduler's state, and what its parts do to it. For this room only.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <set>

#include "base/intrusive_list.hpp"
#include "port/port.hpp"
#include "thread/carriers.hpp"
#include "thread/control.hpp"
#include "thread/fiber.hpp"
#include "thread/stack.hpp"

namespace heddle::thread {

struct ByDeadline {
    bool operator()(const Fiber* a, const Fiber* b) const noexcept {
        return a->deadline != b->deadline ? a->deadline < b->deadline : a->id < b->id;
    }
};

/// A turn of one fiber.
struct Slice {
    port::Instant start = 0;      // 0: the clock was not read yet in this slice
    port::Instant last_look = 0;  // at the clock
    int jumps = 1;                // between that look and the next
    int step = 0;                 // varies them
};

/// Which stacks of an arena are free.
class FreeStacks {
  public:
    void fill(std::size_t count) noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            add(i);
        }
    }
    void add(std::size_t number) noexcept { words_[number / 64] |= std::uint64_t{1} << number % 64; }
    /// The lowest, which is free no longer; kMostControlledStacks if none is.
    [[nodiscard]] std::size_t take() noexcept;

  private:
    std::uint64_t words_[kMostControlledStacks / 64] = {};
};

/// Of a search; see control.hpp.
struct Control {
    bool on = false;
    StackArena arena;
    FreeStacks free_stacks;
    port::Instant clock = 0;
    Context* search = nullptr;  // who called resume(), on its own stack
    bool pausing = false;
    Stop stop = Stop::ready;
};

/// All of it but `carriers` and the atomics belongs to the holder of the run token.
struct Scheduler {
    explicit Scheduler(Carriers::Loop loop) noexcept : carriers(loop) {}

    Carriers carriers;
    Fiber* current = nullptr;
    Fiber* main = nullptr;
    Fiber* finished = nullptr;  // left for good, its stack not yet given back
    IntrusiveList<Fiber> ready;
    std::set<Fiber*, ByDeadline> sleeping;
    IntrusiveList<Fiber, AllFibers> fibers;
    std::size_t fiber_count = 0;
    StackPool stacks;
    Control control;
    Fiber* last = nullptr;  // the fiber whose slice this is, also when it is in a blocking call
    Slice slice;
    ThreadId last_id = 0;
    std::size_t blocking_calls = 0;
    std::size_t thread_limit = 0;
    std::size_t services = 0;  // among `fibers`

    // Between the carriers and the program's first thread.
    std::atomic<bool> over{false};
    std::atomic<bool (*)()> interrupted{nullptr};  // says whether main has noticed; null: nothing to notice
    std::atomic<pid_t> main_in_call{0};            // the carrier whose system call is the main fiber's
};

extern Scheduler& g;

// ---- scheduler.cpp

void make_ready(Fiber& fiber) noexcept;

/// A parked fiber's wait is over.
void wake_parked(Fiber& fiber, port::Wake why) noexcept;

/// The fiber's present wait, or else its next, is over once.
void interrupt_wait_of(Fiber& fiber) noexcept;

/// Makes fibers ready whose blocking calls have returned.
void collect_returning() noexcept;

/// When the next fiber wants to run, if the running one goes into a blocking call.
[[nodiscard]] port::Instant work_at() noexcept;

/// A finished fiber's stack, if there is one.
void give_back_finished_stack() noexcept;

/// The fiber runs from now on, or no longer.
void note_running(Fiber& fiber) noexcept;
void note_left(Fiber& fiber) noexcept;

/// Leaves the running fiber, whose new state is set, for the next one. `ends`: it will not be continued.
void switch_from(Fiber& self, bool ends) noexcept;

// ---- control.cpp

/// Of the search's arena where one has control, otherwise of the pool. `low` is null if there is no room.
[[nodiscard]] Stack acquire_stack(std::size_t bytes) noexcept;
void release_stack(Stack stack) noexcept;

/// switch_from() where a search has control.
void leave_to_control(Fiber& self, bool ends) noexcept;

// ---- first_thread.cpp

/// The program's first thread looks at `over` and `interrupted`. Callable from a signal handler.
void tell_first_thread() noexcept;

}  // namespace heddle::thread
