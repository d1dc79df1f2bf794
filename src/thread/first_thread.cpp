// The program's first thread: no carrier. It waits for the end, and sees to it that the main fiber notices
// interrupts.
#include <signal.h>
#include <unistd.h>

#include "port/linux/linux_port.hpp"
#include "thread/scheduler.hpp"
#include "thread/state.hpp"

namespace heddle::thread {
namespace {

// How often a main fiber that has not noticed its interrupt is told again.
constexpr port::Instant kRepeatInterruptNs = 1'000'000;

std::atomic<std::uint32_t> news{0};

// Interrupts a system call of the carrier it is sent to; its handler does nothing.
int wake_signal() noexcept { return SIGRTMIN + 5; }

/// Tells the main fiber of an interrupt until it has noticed.
void pass_interrupt_on(bool (*handled)()) noexcept {
    while (!g.over.load(std::memory_order_seq_cst)) {
        if (handled()) {
            g.interrupted.store(nullptr, std::memory_order_seq_cst);
            if (handled()) {
                return;
            }
            // Another one came in between.
            g.interrupted.store(handled, std::memory_order_seq_cst);
        }
        g.carriers.attract_attention();
        if (const pid_t carrier = g.main_in_call.load(std::memory_order_seq_cst); carrier != 0) {
            tgkill(getpid(), carrier, wake_signal());
        }
        const std::uint32_t seen = news.load(std::memory_order_acquire);
        port::futex_wait(news, seen, port::monotonic_now() + kRepeatInterruptNs);
    }
}

void wait_for_the_end() noexcept {
    for (;;) {
        const std::uint32_t seen = news.load(std::memory_order_acquire);
        if (g.over.load(std::memory_order_seq_cst)) {
            return;
        }
        if (auto* handled = g.interrupted.load(std::memory_order_seq_cst); handled != nullptr) {
            pass_interrupt_on(handled);
            continue;
        }
        port::futex_wait(news, seen, port::kForever);
    }
}

void install_wake_signal() noexcept {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(wake_signal(), &action, nullptr);
}

}  // namespace

void tell_first_thread() noexcept {
    news.fetch_add(1, std::memory_order_release);
    port::futex_wake(news, 1);
}

bool run(Entry entry, void* argument, std::size_t stack_bytes) {
    install_wake_signal();
    g.main = create(entry, argument, stack_bytes);
    if (g.main == nullptr) {
        return false;
    }
    start(*g.main);
    if (!g.carriers.add_first()) {
        return false;
    }
    wait_for_the_end();
    return true;
}

void interrupt_main(bool (*handled)()) noexcept {
    g.interrupted.store(handled, std::memory_order_seq_cst);
    tell_first_thread();
}

}  // namespace heddle::thread
