// What mpy/devices.hpp promises, over the simulated board.
#include "mpy/devices.hpp"

#include <algorithm>
#include <cstring>

#include "host/simulated_board.hpp"

namespace heddle::devices {
namespace {

using host::board_profile;
using host::notice_board;
using host::the_board;

static_assert(kNoLine == board::kNoSource && kNoTimer == board::kNoTimer);

// A thread that a hard handler interrupts may be near its end.
constexpr std::size_t kHardStackBytes = std::size_t{8} * 1024 * (sizeof(void*) / 4);

template <class To, class From>
constexpr bool same(From from, To to) {
    return static_cast<unsigned>(from) == static_cast<unsigned>(to);
}
static_assert(same(board::Flavour::pycom, Flavour::pycom) && same(board::Flavour::stm32, Flavour::stm32) &&
              same(board::Flavour::rp2, Flavour::rp2) && same(board::Flavour::esp32, Flavour::esp32));
static_assert(same(board::Context::hard, Context::hard) && same(board::Context::thread, Context::thread));
static_assert(same(board::PinMode::output, PinMode::output) &&
              same(board::PinMode::open_drain, PinMode::open_drain));
static_assert(same(board::Pull::up, Pull::up) && same(board::Pull::down, Pull::down));
static_assert(same(board::Drive::low, Drive::low) && same(board::Drive::high, Drive::high));
static_assert(same(board::Edges::rising, Edges::rising) && same(board::Edges::falling, Edges::falling));

template <class To, class From>
To as(From from) {
    return static_cast<To>(from);
}

board::InterruptController& interrupts() noexcept { return the_board().interrupts(); }

HandlerFacts facts_of(const board::HandlerProfile& profile) {
    return {.context = as<Context>(profile.context),
            .may_be_hard = profile.may_be_hard,
            .priority = profile.priority};
}

Facts facts_of(const board::Profile& profile) {
    return {.name = profile.name.c_str(),
            .flavour = as<Flavour>(profile.flavour),
            .timers = facts_of(profile.timers),
            .hardware_timers = facts_of(profile.hardware_timers),
            .pins = facts_of(profile.pins),
            .external_lines = facts_of(profile.external_lines),
            .first_timer = profile.first_timer,
            .last_timer = profile.last_timer,
            .virtual_timers = profile.virtual_timers,
            .most_timers = profile.most_timers,
            .interrupt_queue = profile.interrupt_queue,
            .leds = profile.leds.size(),
            .led_active_low = profile.led_active_low,
            .named_pins = profile.named_pins,
            .hard_stack_bytes = kHardStackBytes};
}

bool contains(const std::vector<std::string>& names, const char* name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

const Facts& facts() noexcept {
    static const Facts facts = facts_of(board_profile());
    return facts;
}

bool offers(const char* module, const char* name) noexcept {
    return contains(std::strcmp(module, "pyb") == 0 ? board_profile().pyb : board_profile().machine, name);
}

Time now_ns() noexcept { return the_board().now_ns(); }

// ---- interrupts

std::size_t lines() noexcept { return board::InterruptController::kMostSources; }

bool disable_interrupts() noexcept {
    host::note_board_use();
    return !interrupts().mask().masked();
}

void restore_interrupts(bool enabled) noexcept {
    interrupts().restore(board::MaskState(!enabled));
    notice_board();
}

bool interrupts_enabled() noexcept { return !interrupts().is_masked(); }

void raise_line(Line line) noexcept {
    interrupts().raise(line);
    notice_board();
}

void enable_line(Line line) noexcept {
    interrupts().enable(line);
    notice_board();
}

void disable_line(Line line) noexcept { interrupts().disable(line); }

void set_priority(Line line, std::uint8_t priority) noexcept {
    interrupts().set_priority(line, priority);
    notice_board();
}

void note_dropped(Line line) noexcept { interrupts().note_dropped(line); }

void note_deferred(Line line) noexcept { interrupts().note_deferred(line); }

Line active_line() noexcept { return interrupts().active(); }

void serve_interrupts() noexcept { host::serve_interrupts(); }

Statistics statistics() noexcept {
    const board::Statistics sums = the_board().statistics();
    return {.fired = sums.fired, .late = sums.late, .dropped = sums.dropped, .deferred = sums.deferred};
}

// ---- timers

bool has_timer(int number) noexcept {
    const board::Profile& profile = board_profile();
    const auto& reserved = profile.reserved_timers;
    return number >= profile.first_timer && number <= profile.last_timer &&
           std::find(reserved.begin(), reserved.end(), number) == reserved.end();
}

TimerId claim_timer(TimerId wanted) noexcept {
    host::note_board_use();
    return the_board().claim_timer(board_profile().timers.priority, wanted);
}

void release_timer(TimerId timer) noexcept { the_board().release_timer(timer); }

Line line_of_timer(TimerId timer) noexcept { return the_board().timers().source(timer); }

void start_timer(TimerId timer, Time period_ns, bool periodic) noexcept {
    board::TimerQueue& timers = the_board().timers();
    interrupts().enable(timers.source(timer));
    if (periodic) {
        timers.start_periodic(timer, now_ns(), period_ns);
    } else {
        timers.start_one_shot(timer, now_ns(), period_ns);
    }
    notice_board();
}

void start_timer_from(TimerId timer, Time start_ns, Time period_ns) noexcept {
    board::TimerQueue& timers = the_board().timers();
    interrupts().enable(timers.source(timer));
    timers.start_periodic(timer, start_ns, period_ns);
    notice_board();
}

void stop_timer(TimerId timer) noexcept { the_board().timers().stop(timer); }

bool is_running(TimerId timer) noexcept { return the_board().timers().is_armed(timer); }

Time deadline_ns(TimerId timer) noexcept { return the_board().timers().deadline(timer); }

}  // namespace heddle::devices
