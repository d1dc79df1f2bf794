// A fiber: one thread of the program, on a stack of its own.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/intrusive_list.hpp"
#include "port/fiber/fiber_port.hpp"
#include "thread/context.hpp"
#include "thread/stack.hpp"

namespace heddle::thread {

struct Carrier;

using ThreadId = std::uintptr_t;
using Entry = void (*)(void* argument);

enum class FiberState : std::uint8_t {
    ready,      ///< in the run queue, on no carrier
    running,    ///< on the carrier that has the run token
    parked,     ///< waits for unpark(), a deadline or an event
    blocking,   ///< on a carrier, in a call that blocks, without the token
    returning,  ///< back from such a call, in the run queue, still on that carrier
    finished,
};

enum class Role : std::uint8_t {
    program,  ///< one of the program's threads
    service,  ///< serves the program: no limit counts it, and interrupt_a_wait() leaves it alone
};

/// Every fiber is in one list of all, and in the run queue while it is ready.
struct AllFibers;

/// Lives at the top of its own stack, so that a thread costs one mapping.
struct Fiber : ListNode<Fiber>, ListNode<Fiber, AllFibers> {
    Context context;
    Stack stack;
    FiberState state = FiberState::ready;
    ThreadId id = 0;
    Entry entry = nullptr;
    void* argument = nullptr;
    void* local = nullptr;  // what thread_local_value() is while it runs
    port::FiberParker* parker = nullptr;
    port::Instant deadline = port::kForever;
    port::Wake wake = port::Wake::unparked;
    std::size_t number = 0;         // for a search
    const void* pending = nullptr;  // what a search wants to know of its next step
    int callbacks = 0;              // that it is in
    int holds = 0;                  // nonzero: it ends no time slice
    int interrupts = 0;             // handlers that it is in
    Role role = Role::program;
    bool event = false;              // its next or present wait is interrupted once
    Carrier* carrier = nullptr;      // while blocking or returning
    char* blocked_at = nullptr;      // the stack's end then
    void* saved_stack_end[64] = {};  // and what lay there: the registers of its callers
};

}  // namespace heddle::thread
