// The timers of mpy/devices.hpp: as many as there is room for, over the board's one alarm.
#include "devices/alarm.hpp"
#include "devices/handler_mode.hpp"
#include "devices/lines.hpp"
#include "heddle_core.hpp"
#include "mpy/devices.hpp"
#include "mpy/handlers.hpp"
#include "port/port.hpp"

namespace heddle::devices {
namespace {

using firmware::kTimers;

constexpr Time kNever = INT64_MAX;

// What the program has to itself after handlers, however short a timer's period is: more than a bytecode
// takes.
constexpr Time kProgramNs = 20'000;

/// Deadlines are `start + k * period`, however late each of them is seen.
struct HardwareTimer {
    bool claimed = false;
    bool running = false;
    Time deadline = 0;   // while it runs
    Time period_ns = 0;  // 0: one-shot
};

// Changed with interrupts masked: by threads, and by handlers. All zero at first: some start-up code cannot
// copy initial values that are aligned to 8 bytes.
constinit HardwareTimer timers[kTimers]{};
constinit Time program_until = 0;  // until then no handler comes

Time earliest_deadline() noexcept {
    Time earliest = kNever;
    for (const HardwareTimer& timer : timers) {
        earliest = timer.running && timer.deadline < earliest ? timer.deadline : earliest;
    }
    return earliest;
}

void set_alarm() noexcept {
    const Time deadline = earliest_deadline();
    if (deadline == kNever) {
        firmware::alarm::cancel();
    } else {
        firmware::alarm::set(deadline < program_until ? program_until : deadline);
    }
}

void start(TimerId timer, Time start_ns, Time span_ns, Time period_ns) noexcept {
    const Core::Critical critical;
    timers[timer] = {.claimed = true,
                     .running = true,
                     .deadline = port::deadline_after(start_ns, span_ns),
                     .period_ns = period_ns};
    set_alarm();
}

/// The timer whose deadline has passed first; kNoTimer if none has.
TimerId due_at(Time now) noexcept {
    TimerId found = kNoTimer;
    Time earliest = now;
    for (TimerId timer = 0; timer < kTimers; ++timer) {
        if (timers[timer].running && timers[timer].deadline <= earliest) {
            earliest = timers[timer].deadline;
            found = timer;
        }
    }
    return found;
}

/// Deadlines that were seen only when a later one had passed too are merged with it.
void expire(HardwareTimer& timer, Time now) noexcept {
    if (timer.period_ns == 0) {
        timer.running = false;
        return;
    }
    timer.deadline += timer.period_ns;
    if (timer.deadline <= now) {
        const Time missed = (now - timer.deadline) / timer.period_ns + 1;
        timer.deadline += missed * timer.period_ns;
        firmware::note_missed(static_cast<std::uint64_t>(missed));
    }
}

/// Returns a timer whose deadline had passed at that time; kNoTimer if there is none.
TimerId take_due_at(Time time) noexcept {
    const Core::Critical critical;
    const TimerId timer = due_at(time);
    if (timer != kNoTimer) {
        expire(timers[timer], now_ns());
    }
    return timer;
}

}  // namespace

TimerId claim_timer(TimerId) noexcept {
    const Core::Critical critical;
    for (TimerId timer = 0; timer < kTimers; ++timer) {
        if (!timers[timer].claimed) {
            timers[timer] = {.claimed = true};
            return timer;
        }
    }
    return kNoTimer;
}

void release_timer(TimerId timer) noexcept {
    const Core::Critical critical;
    timers[timer] = {};
    set_alarm();
}

Line line_of_timer(TimerId timer) noexcept { return timer; }

void start_timer(TimerId timer, Time period_ns, bool periodic) noexcept {
    start(timer, now_ns(), period_ns, periodic ? period_ns : 0);
}

void start_timer_from(TimerId timer, Time start_ns, Time period_ns) noexcept {
    start(timer, start_ns, period_ns, period_ns);
}

void stop_timer(TimerId timer) noexcept {
    const Core::Critical critical;
    timers[timer].running = false;
    set_alarm();
}

bool is_running(TimerId timer) noexcept { return timers[timer].running; }

Time deadline_ns(TimerId timer) noexcept {
    const Core::Critical critical;
    return timers[timer].running ? timers[timer].deadline : kNever;
}

}  // namespace heddle::devices

void heddle::firmware::release_timers() noexcept {
    for (devices::TimerId timer = 0; timer < kTimers; ++timer) {
        mpy::detach(timer);
        devices::release_timer(timer);
    }
}

void heddle::firmware::alarm::ring() noexcept {
    // Each timer once: what becomes due meanwhile comes after the program.
    const devices::Time rang = devices::now_ns();
    for (auto timer = devices::take_due_at(rang); timer != devices::kNoTimer;
         timer = devices::take_due_at(rang)) {
        serve_in_handler_mode(devices::line_of_timer(timer));
    }
    const Core::Critical critical;
    devices::program_until = devices::now_ns() + devices::kProgramNs;
    devices::set_alarm();
}
