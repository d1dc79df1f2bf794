#include "host/simulated_board.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/intrusive_list.hpp"
#include "host/alarm.hpp"
#include "host/handler_failure.hpp"
#include "mpy/events.hpp"
#include "mpy/handlers.hpp"
#include "mpy/service_thread.hpp"
#include "port/fiber/fiber_port.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
}

namespace heddle::host {
namespace {

using board::kNever;
using board::Time;

// So long before a deadline the interpreter begins to look at the clock at each bytecode: an alarm is about
// this late.
constexpr Time kAlarmLeadNs = 30'000;

// So long before a deadline the board's fiber wakes: a sleep of the system is about this late.
constexpr Time kWakeLeadNs = 60'000;

constexpr std::size_t kFiberStackBytes = std::size_t{64} * 1024;

struct IdleWait : ListNode<IdleWait> {
    port::FiberParker parker;
};

/// The board's time is the scheduler's, which a search may set.
class SchedulerClock final : public board::Clock {
  public:
    [[nodiscard]] Time now_ns() const noexcept override { return thread::now() - start_ns_; }
    [[nodiscard]] port::Instant on_scheduler(Time time) const noexcept {
        return board::after(start_ns_, time);
    }

  private:
    port::Instant start_ns_ = thread::now();
};

struct Driver {
    Driver(const board::Profile& of, const board::Scene& played)
        : profile(of),
          scene(played),
          board({.timers = of.most_timers, .pins = of.pin_list.size(), .pin_priority = of.pins.priority},
                clock, chooser) {}

    board::Profile profile;
    board::Scene scene;
    std::vector<board::SceneEvent> driven;  // by the program, as from outside
    SchedulerClock clock;
    FirstChooser chooser;
    board::Board board;

    bool serves = false;
    bool in_use = false;                 // a search has to copy it
    Time alarm_at = kNever;              // the deadline that it is set for
    port::FiberParker* fiber = nullptr;  // while it waits
    Time fiber_until = kNever;
    port::FiberParker* callbacks = nullptr;  // while who runs them waits
    IntrusiveList<IdleWait> idle;
};

std::optional<Driver> driver;

/// Written when it says so, and no later: a signal handler writes it too.
void set_hooked(std::uint8_t hooked) noexcept {
    *const_cast<volatile std::uint8_t*>(&heddle_vm_hooked) = hooked;
}

void hook(bool wanted) noexcept { set_hooked(wanted || heddle_vm_step != nullptr ? 1 : 0); }

/// Decides when the interpreter looks at the board again.
void plan() noexcept {
    // First: an alarm that rings from here on is not lost.
    hook(false);
    const Time next = driver->board.next_event_ns();
    if (next == kNever) {
        return;
    }
    if (next - driver->board.now_ns() <= kAlarmLeadNs) {
        hook(true);
    } else if (driver->alarm_at != next) {
        driver->alarm_at = next;
        set_alarm(driver->clock.on_scheduler(next - kAlarmLeadNs));
    }
    if (driver->fiber != nullptr && next < driver->fiber_until) {
        driver->fiber_until = next;
        port::unpark_fiber(*driver->fiber);
    }
}

}  // namespace

void serve_line(board::SourceId source) noexcept {
    driver->board.interrupts().enter(source);
    thread::begin_interrupt();
    hook(true);  // for what is more urgent, and for note_step()
    const mpy::Handler* handler = mpy::handler_of(source);
    const HandlerNote interrupted = begin_handler(handler == nullptr ? MP_OBJ_NULL : handler->function);
    mpy::serve(source);
    end_handler(interrupted);
    thread::end_interrupt();
    driver->board.interrupts().leave();
}

namespace {

bool serve_due() noexcept {
    bool served = false;
    driver->board.poll();
    for (auto source = driver->board.next_interrupt(); source != board::kNoSource;
         source = driver->board.next_interrupt()) {
        serve_line(source);
        served = true;
        driver->board.poll();
    }
    return served;
}

void wake_idle() noexcept {
    while (IdleWait* wait = driver->idle.pop_front()) {
        port::unpark_fiber(wait->parker);
    }
}

void look() noexcept {
    if (!driver->serves) {
        hook(false);
        return;
    }
    if (serve_due()) {
        wake_idle();
    }
    if (driver->board.interrupts().active() == board::kNoSource) {
        plan();
    }
}

/// Callbacks that were queued while every thread waits.
void pass_callbacks_on() noexcept {
    if (MP_STATE_VM(sched_state) == MP_SCHED_PENDING && !thread::program_is_ready() &&
        !thread::interrupt_a_wait() && driver->callbacks != nullptr) {
        port::unpark_fiber(*driver->callbacks);
    }
}

/// Runs callbacks while every thread is in a call that blocks. They may wait, which the board may not.
void run_callbacks() {
    for (;;) {
        port::FiberParker parker;
        driver->callbacks = &parker;
        port::park_fiber(parker, port::kForever);
        driver->callbacks = nullptr;
        mpy::handle_events();
    }
}

void wait_for_next_event() noexcept {
    const Time next = driver->board.next_event_ns();
    port::FiberParker parker;
    driver->fiber = &parker;
    driver->fiber_until = next;
    port::park_fiber(parker,
                     next == kNever ? port::kForever : driver->clock.on_scheduler(next - kWakeLeadNs));
    driver->fiber = nullptr;
    while (driver->board.next_event_ns() - driver->board.now_ns() <= kWakeLeadNs &&
           driver->board.next_event_ns() > driver->board.now_ns()) {
        thread::yield();
    }
}

/// Serves what comes while no thread runs bytecode.
void run_fiber() {
    for (;;) {
        look();
        pass_callbacks_on();
        wait_for_next_event();
    }
}

}  // namespace

bool board_is_in_use() noexcept { return driver->in_use; }

void note_board_use() noexcept { driver->in_use = true; }

bool make_board(const board::Profile& profile, const board::Scene& scene) noexcept {
    driver.emplace(profile, scene);
    play(driver->scene, driver->board);
    return start_alarm([] { set_hooked(1); });
}

bool start_board() noexcept {
    driver->serves = true;
    return mpy::start_service_thread(run_fiber, kFiberStackBytes) &&
           mpy::start_service_thread(run_callbacks, kFiberStackBytes);
}

void stop_board() noexcept {
    driver->serves = false;
    hook(false);
}

board::Board& the_board() noexcept { return driver->board; }

const board::Profile& board_profile() noexcept { return driver->profile; }

void drive_from_outside(board::PinId pin, board::Drive drive) noexcept {
    driver->driven.push_back({driver->board.now_ns(), pin, drive});
    driver->board.pin(pin).drive(drive);
    notice_board();
}

board::Scene what_happened() {
    board::Scene scene = driver->scene;
    const board::Time now = driver->board.now_ns();
    std::erase_if(scene.events, [now](const board::SceneEvent& event) { return event.at > now; });
    scene.events.insert(scene.events.end(), driver->driven.begin(), driver->driven.end());
    std::stable_sort(scene.events.begin(), scene.events.end(),
                     [](const board::SceneEvent& a, const board::SceneEvent& b) { return a.at < b.at; });
    return scene;
}

void notice_board() noexcept {
    driver->in_use = true;
    if (!driver->serves) {
        return;
    }
    if (driver->board.interrupts().next() != board::kNoSource) {
        hook(true);
    } else if (driver->board.interrupts().active() == board::kNoSource) {
        plan();
    }
}

port::Instant next_board_event() noexcept {
    const Time next = driver->serves ? driver->board.next_event_ns() : kNever;
    return next == kNever ? port::kForever : driver->clock.on_scheduler(next);
}

void serve_interrupts() noexcept { look(); }

bool interrupts_are_disabled() noexcept { return driver && driver->board.interrupts().is_masked(); }

bool mask_keeps_threads_out() noexcept {
    return interrupts_are_disabled() && driver->profile.interpreter_lock;
}

void wait_for_interrupt(board::Time most_ns) noexcept {
    IdleWait wait;
    driver->idle.push_back(wait);
    if (port::park_fiber(wait.parker, port::deadline_after(thread::now(), most_ns)) != port::Wake::unparked) {
        IntrusiveList<IdleWait>::erase(wait);
    }
}

}  // namespace heddle::host

extern "C" void heddle_vm_tick(mp_code_state_t* code, const byte* ip, mp_obj_t* sp) {
    if (heddle_vm_step != nullptr) {
        // Who looks at every opcode decides about interrupts too.
        heddle_vm_step(code, ip, sp);
        return;
    }
    if (heddle::thread::in_interrupt()) {
        heddle::host::note_step({code, ip, sp});
    }
    heddle::host::look();
}
