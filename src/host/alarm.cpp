#include "host/alarm.hpp"

#include <signal.h>
#include <time.h>

#include <cerrno>

namespace heddle::host {
namespace {

constexpr port::Instant kSecond = 1'000'000'000;

timer_t timer;
void (*ring_alarm)() = nullptr;

int alarm_signal() noexcept { return SIGRTMIN + 6; }

void on_signal(int) {
    const int error = errno;
    ring_alarm();
    errno = error;
}

}  // namespace

bool start_alarm(void (*ring)()) noexcept {
    ring_alarm = ring;
    struct sigaction action {};
    action.sa_handler = on_signal;
    // On the signal stack: a fiber may be at the end of its own.
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(alarm_signal(), &action, nullptr);
    // For the process: the kernel hands it to the thread that runs where the timer expires, if it can.
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = alarm_signal();
    return timer_create(CLOCK_MONOTONIC, &event, &timer) == 0;
}

void set_alarm(port::Instant deadline) noexcept {
    itimerspec when{};
    when.it_value.tv_sec = deadline / kSecond;
    when.it_value.tv_nsec = deadline % kSecond;
    timer_settime(timer, TIMER_ABSTIME, &when, nullptr);
}

}  // namespace heddle::host
