#include "devices/lines.hpp"

#include "heddle_core.hpp"

namespace heddle::devices {
namespace {

// Written in handlers, which do not preempt each other, and with interrupts masked.
constinit Statistics sums{};
constinit Line active = kNoLine;

// What the core takes back when the program unmasks its interrupts.
constinit std::uint32_t unmasked = 0;

// The priority of the timers cannot be chosen: pins and hardware timers are none of these boards'.
constexpr Facts kFacts = {
    .name = HEDDLE_BOARD_NAME,
    .flavour = Flavour::rp2,
    .timers = {.context = Context::scheduled, .may_be_hard = true},
    .virtual_timers = true,
    .most_timers = firmware::kTimers,
};

}  // namespace

const Facts& facts() noexcept { return kFacts; }

bool has_timer(int) noexcept { return false; }

Time now_ns() noexcept { return Core::now(); }

std::size_t lines() noexcept { return firmware::kTimers; }

// In a handler there is nothing to do: what these keep out does not preempt it.
bool disable_interrupts() noexcept {
    const bool enabled = interrupts_enabled();
    if (enabled && !Core::in_interrupt()) {
        unmasked = Core::mask();
    }
    return enabled;
}

void restore_interrupts(bool enabled) noexcept {
    if (Core::in_interrupt()) {
        return;
    }
    if (!enabled) {
        static_cast<void>(disable_interrupts());
    } else if (!interrupts_enabled()) {
        Core::unmask(unmasked);
    }
}

bool interrupts_enabled() noexcept { return !Core::is_masked(); }

void note_dropped(Line) noexcept { ++sums.dropped; }

void note_deferred(Line) noexcept {
    const Core::Critical critical;
    ++sums.deferred;
}

Line active_line() noexcept { return active; }

Statistics statistics() noexcept {
    const Core::Critical critical;
    return sums;
}

}  // namespace heddle::devices

namespace heddle::firmware {

void note_missed(std::uint64_t deadlines) noexcept { devices::sums.dropped += deadlines; }

devices::Line enter_line(devices::Line line) noexcept {
    const devices::Line interrupted = devices::active;
    devices::active = line;
    ++devices::sums.fired;
    return interrupted;
}

void leave_line(devices::Line interrupted) noexcept { devices::active = interrupted; }

}  // namespace heddle::firmware
