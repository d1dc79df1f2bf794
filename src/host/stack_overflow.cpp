#include "host/stack_overflow.hpp"

#include <signal.h>
#include <unistd.h>

#include "host/threads.hpp"
#include "mpy/micropython.hpp"
#include "thread/scheduler.hpp"

namespace heddle::host {
namespace {

/// The fault happens again, and ends the process as it would have.
void let_it_crash() noexcept { signal(SIGSEGV, SIG_DFL); }

void on_fault(int, siginfo_t* info, void*) {
    // In a collection the heap is in no state to go on with.
    if (!thread::is_stack_exhausted_at(info->si_addr) || is_collecting()) {
        let_it_crash();
        return;
    }
    mp_raise_recursion_depth();
}

}  // namespace

void catch_stack_overflow() noexcept {
    struct sigaction action {};
    action.sa_sigaction = on_fault;
    // The jump out of the handler does not restore the signal mask.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, nullptr);
}

}  // namespace heddle::host
