#include "port/linux/linux_port.hpp"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

namespace heddle::port {
namespace {

constexpr Instant kSecond = 1'000'000'000;

// About 2 us.
constexpr int kSpinTurns = 50;

void pause_processor() noexcept {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

}  // namespace

bool futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t expected, Instant deadline) noexcept {
    timespec limit{};
    limit.tv_sec = deadline / kSecond;
    limit.tv_nsec = deadline % kSecond;
    // The BITSET form is the one whose time-out is a point in time of the monotonic clock.
    const long result = syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, expected,
                                deadline == kForever ? nullptr : &limit, nullptr, FUTEX_BITSET_MATCH_ANY);
    return !(result == -1 && errno == ETIMEDOUT);
}

void futex_wake(std::atomic<std::uint32_t>& word, int count) noexcept {
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, count);
}

Instant monotonic_now() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * kSecond + now.tv_nsec;
}

Wake LinuxPort::park(Parker& parker, Instant deadline) noexcept {
    // A holder on another core is often about to let go: sooner than a thread falls asleep and wakes.
    for (int turn = 0; turn < kSpinTurns; ++turn) {
        if (unparked(parker)) {
            return Wake::unparked;
        }
        pause_processor();
    }
    while (parker.unparked.load(std::memory_order_acquire) == 0) {
        if (!futex_wait(parker.unparked, 0, deadline)) {
            return unparked(parker) ? Wake::unparked : Wake::timed_out;
        }
    }
    return Wake::unparked;
}

void LinuxPort::unpark(Parker& parker) noexcept {
    parker.unparked.store(1, std::memory_order_release);
    // The waiter may be gone by now; waking an address that nobody waits on does nothing.
    futex_wake(parker.unparked, 1);
}

void LinuxPort::relax() noexcept { sched_yield(); }

}  // namespace heddle::port
