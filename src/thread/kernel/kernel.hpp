// Preemptive threads for a microcontroller with one core.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/assert.hpp"
#include "base/intrusive_list.hpp"
#include "port/core.hpp"
#include "thread/slice.h"

namespace heddle::kernel {

using port::Instant;
using port::kForever;
using port::Wake;

struct Thread;

/// One wait of one thread.
struct Parker {
    Thread* thread = nullptr;  // that waits
    bool unparked = false;
};

enum class State : std::uint8_t {
    ready,   ///< runs, or is in the queue of those that would
    parked,  ///< waits for unpark(), a deadline or an event
    ended,
};

struct AllThreads;

/// Belongs to whoever made it and lasts until forget_ended() after its end(), or until end_others(). In the
/// list of all threads, and while it does not run in that of the ready or the sleeping ones.
struct Thread : ListNode<Thread>, ListNode<Thread, AllThreads> {
    void* stack_pointer = nullptr;  // while it does not run
    void* stack_end = nullptr;      // the lowest address that its stack may reach
    void* local = nullptr;          // what heddle_thread_local is while it runs
    void* argument = nullptr;       // its maker's
    Parker* parker = nullptr;
    Instant deadline = kForever;
    State state = State::ready;
    Wake wake = Wake::unparked;
    bool takes_events = false;  // its present wait may be interrupted

    // Its maker's: the frame that it runs, callbacks that it is in, and how often it has asked to end no
    // turn.
    const void* frame = nullptr;
    std::uint8_t callbacks = 0;
    std::uint8_t holds = 0;
};

/// Threads take turns of a tick. The ready ones wait in a queue, so each is next after at most as many turns
/// as there are others. There is one kernel, and no priorities.
template <port::Core C>
class Kernel {
    using Critical = typename C::Critical;

  public:
    constexpr Kernel() noexcept { all_.push_back(main_); }
    Kernel(const Kernel&) = delete;
    Kernel& operator=(const Kernel&) = delete;

    /// Who runs; before start() and ever after its caller is main(). In a handler: whom it has interrupted.
    [[nodiscard]] Thread& running() noexcept { return *running_; }
    [[nodiscard]] Thread& main() noexcept { return main_; }

    /// Prepares the thread that runs when no other wants to; a stack of some 64 words is enough for it. Once.
    void start(void* idle_stack_top) noexcept { idle_.stack_pointer = C::new_frame(idle_stack_top, idle); }

    /// A new thread, which begins in `entry` and leaves by end(). Threads.
    void add(Thread& thread, void* stack_end, void* stack_top, void (*entry)()) noexcept {
        thread.stack_pointer = C::new_frame(stack_top, entry);
        thread.stack_end = stack_end;
        Critical critical;
        all_.push_back(thread);
        ready_.push_back(thread);
    }

    /// Ends the caller, which is not main. It stays in the list of all threads until forget_ended(), so that
    /// whoever walks through that is not disturbed.
    [[noreturn]] void end() noexcept {
        Critical critical;
        running_->state = State::ended;
        for (;;) {
            C::give_way();
        }
    }

    /// From then on the stacks of threads that have ended are nobody's. For whoever calls add() and
    /// for_each(), of which no two run at a time.
    void forget_ended() noexcept {
        Critical critical;
        all_.erase_if([](Thread& thread) { return thread.state == State::ended; });
    }

    /// Ends every thread but the caller, wherever it stands: nothing of it is released. Called by main.
    void end_others() noexcept {
        Critical critical;
        all_.erase_if([this](Thread& thread) {
            if (thread.ListNode<Thread>::is_linked()) {
                IntrusiveList<Thread>::erase(thread);
            }
            return &thread != &main_;
        });
    }

    /// Sleeps until unpark(parker), the deadline, or, if `has_event` is given, an event. `has_event()` says
    /// whether the caller has one to handle; note_event() announces those that come later. Threads.
    [[nodiscard, gnu::noinline]] Wake park(Parker& parker, Instant deadline,
                                           bool (*has_event)() noexcept) noexcept {
        Critical critical;
        if (parker.unparked) {
            return Wake::unparked;
        }
        if (deadline != kForever && deadline <= C::now()) {
            return Wake::timed_out;
        }
        if (has_event != nullptr && has_event()) {
            return Wake::interrupted;
        }
        Thread& self = *running_;
        parker.thread = &self;
        self.parker = &parker;
        self.takes_events = has_event != nullptr;
        sleep(self, deadline);
        C::give_way();
        return self.wake;
    }

    /// Ends the wait of that Parker, the present one or the next. Any context.
    [[gnu::noinline]] void unpark(Parker& parker) noexcept {
        Critical critical;
        parker.unparked = true;
        Thread* thread = parker.thread;
        if (thread != nullptr && thread->state == State::parked && thread->parker == &parker) {
            wake(*thread, Wake::unparked);
        }
    }

    /// There is an event: one thread that waits and takes events comes back to handle it, main first. Any
    /// context.
    void note_event() noexcept {
        Critical critical;
        Thread* first = nullptr;
        all_.for_each([&first](Thread& thread) {
            if (first == nullptr && thread.state == State::parked && thread.takes_events) {
                first = &thread;
            }
        });
        if (first != nullptr) {
            wake(*first, Wake::interrupted);
        }
    }

    /// The others that are ready get their turns. Threads.
    void yield() noexcept {
        Critical critical;
        if (!ready_.empty()) {
            C::give_way();
        }
    }

    /// Once a tick, in a handler.
    void tick() noexcept {
        Critical critical;
        const Instant now = C::now();
        for (Thread* first = sleeping_.front(); first != nullptr && first->deadline <= now;
             first = sleeping_.front()) {
            wake(*first, Wake::timed_out);
        }
        if (!ready_.empty()) {
            C::request_switch();
        }
    }

    /// For the core, when the running thread gives way or a request is met: leaves it with this stack
    /// pointer; gives that of the next one, which then runs. With interrupts masked.
    [[nodiscard]] void* switch_from(void* stack_pointer) noexcept {
        Thread& last = *running_;
        require(stack_pointer >= last.stack_end, "a thread has run over the end of its stack");
        last.stack_pointer = stack_pointer;
        last.local = heddle_thread_local;
        if (last.state == State::ready && &last != &idle_) {
            ready_.push_back(last);
        }
        Thread* next = ready_.pop_front();
        running_ = next == nullptr ? &idle_ : next;
        heddle_thread_local = running_->local;
        return running_->stack_pointer;
    }

    /// Calls `visit` with every thread that has not ended.
    template <class Visit>
    void for_each(Visit&& visit) {
        all_.for_each([&visit](Thread& thread) {
            if (thread.state != State::ended) {
                visit(thread);
            }
        });
    }

  private:
    static void idle() noexcept {
        for (;;) {
            C::wait_for_interrupt();
        }
    }

    void sleep(Thread& self, Instant deadline) noexcept {
        self.state = State::parked;
        self.deadline = deadline;
        if (deadline != kForever) {
            sleeping_.insert_before_first(self,
                                          [deadline](Thread& other) { return other.deadline > deadline; });
        }
    }

    [[gnu::noinline]] void wake(Thread& thread, Wake why) noexcept {
        if (thread.ListNode<Thread>::is_linked()) {
            IntrusiveList<Thread>::erase(thread);
        }
        thread.state = State::ready;
        thread.wake = why;
        // It may be about to give way: then it has never left.
        if (&thread == running_) {
            return;
        }
        ready_.push_back(thread);
        if (running_ == &idle_) {
            C::request_switch();
        }
    }

    Thread main_;
    Thread idle_;
    Thread* running_ = &main_;
    IntrusiveList<Thread> ready_;
    IntrusiveList<Thread> sleeping_;  // the one with the first deadline first
    IntrusiveList<Thread, AllThreads> all_;
};

}  // namespace heddle::kernel
