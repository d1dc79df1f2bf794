#include "program/limit.hpp"

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "bytecode/source_lines.hpp"
#include "thread/control.hpp"

extern "C" ssize_t __real_write(int file, const void* from, size_t bytes);

namespace heddle::program {
namespace {

constexpr double kPatienceS = 10;
constexpr double kPatiencePastDeadlineS = 0.5;
constexpr double kGlanceS = 0.1;
constexpr int kUnfinished = 3;

StepLimit limit;

// What the watch saw at its last glance.
struct {
    std::uint64_t opcodes;
    double stuck_s;
    double left_s;  // until the deadline; negative: past it
    bool has_deadline;
} seen;

[[noreturn]] void end_stuck_process() noexcept {
    char where[512];
    char line[700];
    print_where(where, sizeof where);
    const int length = std::snprintf(
        line, sizeof line, "heddle: %s: a call runs on in C code, where heddle check cannot end it\n", where);
    static_cast<void>(!__real_write(STDERR_FILENO, line, std::min<std::size_t>(length, sizeof line - 1)));
    _exit(kUnfinished);
}

void glance(int) {
    const int error = errno;
    const bool is_stuck = thread::is_fiber_running() && limit.opcodes_ever() == seen.opcodes;
    seen.opcodes = limit.opcodes_ever();
    seen.stuck_s = is_stuck ? seen.stuck_s + kGlanceS : 0;
    seen.left_s -= kGlanceS;
    if (seen.stuck_s > kPatienceS ||
        (seen.has_deadline && seen.left_s < 0 && seen.stuck_s > kPatiencePastDeadlineS)) {
        end_stuck_process();
    }
    errno = error;
}

timespec interval_of(double seconds) noexcept {
    const auto whole = static_cast<time_t>(seconds);
    return {whole, static_cast<long>((seconds - static_cast<double>(whole)) * 1e9)};
}

// Timers do not go on in a process that was forked.
void start_watch(double most_seconds) noexcept {
    seen = {.opcodes = 0, .stuck_s = 0, .left_s = most_seconds, .has_deadline = most_seconds > 0};
    struct sigaction action {};
    action.sa_handler = glance;
    // On the signal stack: a fiber may be at the end of its own.
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    const int number = SIGRTMIN + 7;
    sigaction(number, &action, nullptr);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = number;
    timer_t timer{};
    const itimerspec glances{interval_of(kGlanceS), interval_of(kGlanceS)};
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) {
        timer_settime(timer, 0, &glances, nullptr);
    }
}

}  // namespace

StepLimit& step_limit() noexcept { return limit; }

void print_where(char* text, std::size_t bytes) noexcept {
    if (limit.function() == nullptr) {
        std::snprintf(text, bytes, "the script");
        return;
    }
    const mpy::SourcePlace place = bytecode::source_line_of(*limit.function(), limit.ip());
    std::snprintf(text, bytes, "%s:%zu", place.file, place.line);
}

void watch_for_endless_calls(double most_seconds) noexcept {
    start_watch(most_seconds);
    pthread_atfork(nullptr, nullptr,
                   [] { start_watch(seen.has_deadline ? std::max(seen.left_s, kGlanceS) : 0); });
}

}  // namespace heddle::program
