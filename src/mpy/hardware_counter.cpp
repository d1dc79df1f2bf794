#include "mpy/hardware_counter.hpp"

namespace heddle::mpy {
namespace {

using devices::Time;

constexpr std::uint64_t kSecond = 1'000'000'000;

bool operator!=(Divisors a, Divisors b) noexcept {
    return a.prescaler != b.prescaler || a.period != b.period;
}

}  // namespace

// Split into seconds and the rest, so that nothing overflows; rounded up, so that no update is early.
Time HardwareCounter::span_of(std::uint64_t ticks) const noexcept {
    const std::uint64_t clocks = ticks * (std::uint64_t{in_force_.prescaler} + 1);
    const std::uint64_t rest = clocks % source_hz_;
    return static_cast<Time>(clocks / source_hz_ * kSecond + (rest * kSecond + source_hz_ - 1) / source_hz_);
}

std::uint32_t HardwareCounter::ticks_in(Time span_ns) const noexcept {
    const auto span = static_cast<std::uint64_t>(span_ns);
    const std::uint64_t clocks = span / kSecond * source_hz_ + span % kSecond * source_hz_ / kSecond;
    const std::uint64_t ticks = clocks / (std::uint64_t{in_force_.prescaler} + 1);
    return ticks > in_force_.period ? in_force_.period : static_cast<std::uint32_t>(ticks);
}

Time HardwareCounter::interval_ns() const noexcept {
    return span_of(in_force_.period + (counting_ == Counting::center ? std::uint64_t{0} : std::uint64_t{1}));
}

void HardwareCounter::start(Divisors divisors, Counting counting, Time now_ns) noexcept {
    set_ = in_force_ = divisors;
    counting_ = counting;
    running_ = true;
    downwards_ = false;
    last_update_ns_ = now_ns;
}

void HardwareCounter::stop(Time now_ns) noexcept {
    if (running_) {
        advance(now_ns);
        stopped_after_ns_ = now_ns - last_update_ns_;
        running_ = false;
    }
}

void HardwareCounter::go_on(Time now_ns) noexcept {
    if (!running_) {
        in_force_ = set_;
        last_update_ns_ = now_ns - stopped_after_ns_;
        running_ = true;
    }
}

std::uint32_t HardwareCounter::value(Time now_ns) const noexcept {
    const std::uint32_t ticks = ticks_in(running_ ? now_ns - last_update_ns_ : stopped_after_ns_);
    const bool falls = counting_ == Counting::center ? downwards_ : counting_ == Counting::down;
    return falls ? in_force_.period - ticks : ticks;
}

void HardwareCounter::set_value(std::uint32_t value, Time now_ns) noexcept {
    const std::uint32_t reached = value < in_force_.period ? value : in_force_.period;
    const Time passed_ns = span_of(counting_ == Counting::down ? in_force_.period - reached : reached);
    downwards_ = false;
    last_update_ns_ = now_ns - passed_ns;
    stopped_after_ns_ = passed_ns;
}

bool HardwareCounter::advance(Time now_ns) noexcept {
    if (!running_ || now_ns - last_update_ns_ < interval_ns()) {
        return false;
    }
    const bool changed = set_ != in_force_;
    const Time updates = changed ? 1 : (now_ns - last_update_ns_) / interval_ns();
    last_update_ns_ += updates * interval_ns();
    downwards_ = downwards_ != (updates % 2 != 0);
    in_force_ = set_;
    if (changed) {
        advance(now_ns);
    }
    return changed;
}

}  // namespace heddle::mpy
