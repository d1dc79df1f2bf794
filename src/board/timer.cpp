#include "board/timer.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace heddle::board {

TimerQueue::Timer& TimerQueue::at(TimerId timer) noexcept {
    require(timer < count_, "a timer that does not exist");
    return timers_[timer];
}

const TimerQueue::Timer& TimerQueue::at(TimerId timer) const noexcept {
    require(timer < count_, "a timer that does not exist");
    return timers_[timer];
}

TimerId TimerQueue::add(SourceId source) noexcept {
    if (count_ == kMostTimers) {
        return kNoTimer;
    }
    timers_[count_].source = source;
    return static_cast<TimerId>(count_++);
}

void TimerQueue::start(Timer& timer, Time deadline, Time period_ns) noexcept {
    ++timer.counters.started;
    timer.armed = true;
    timer.period_ns = period_ns;
    timer.deadline = deadline;
    timer.reached_at = with_jitter(deadline);
    find_next_deadline();
}

Time TimerQueue::with_jitter(Time deadline) noexcept {
    return jitter_ns_ == 0 ? deadline : after(deadline, random_.up_to(jitter_ns_));
}

void TimerQueue::set_jitter(Time most_ns, std::uint64_t seed) noexcept {
    require(most_ns >= 0 && most_ns < kNever, "a jitter that is no span of time");
    jitter_ns_ = most_ns;
    random_ = Random(seed);
}

void TimerQueue::start_periodic(TimerId timer, Time start_ns, Time period_ns) noexcept {
    require(period_ns > 0, "a periodic timer without a period");
    start(at(timer), after(start_ns, period_ns), period_ns);
}

void TimerQueue::start_one_shot(TimerId timer, Time start_ns, Time delay_ns) noexcept {
    require(delay_ns >= 0, "a timer with a negative delay");
    start(at(timer), after(start_ns, delay_ns), 0);
}

void TimerQueue::stop(TimerId timer) noexcept {
    Timer& stopped = at(timer);
    stopped.armed = false;
    stopped.deadline = kNever;
    stopped.reached_at = kNever;
    interrupts_.clear(stopped.source);
    find_next_deadline();
}

void TimerQueue::expire_at(Timer& timer, Time now_ns) noexcept {
    const Time lateness_ns = now_ns - timer.reached_at;
    Time times = 1;
    if (timer.period_ns == 0) {
        timer.armed = false;
        timer.deadline = kNever;
        timer.reached_at = kNever;
    } else {
        times += lateness_ns / timer.period_ns;
        const Time last_passed = timer.deadline + (times - 1) * timer.period_ns;
        timer.deadline = after(last_passed, timer.period_ns);
        // Not in the past, where a virtual clock cannot go.
        timer.reached_at = std::max(with_jitter(timer.deadline), now_ns);
    }
    timer.counters.expired += static_cast<std::uint64_t>(times);
    timer.counters.missed += static_cast<std::uint64_t>(times - 1);
    timer.counters.late += lateness_ns > tolerance_ns_ ? 1 : 0;
    interrupts_.raise(timer.source, static_cast<std::uint64_t>(times));
}

void TimerQueue::raise_due(Time now_ns) noexcept {
    if (now_ns < next_deadline_ || next_deadline_ == kNever) {
        return;
    }
    for (std::size_t timer = 0; timer < count_; ++timer) {
        if (timers_[timer].reached_at <= now_ns) {
            expire_at(timers_[timer], now_ns);
        }
    }
    find_next_deadline();
}

void TimerQueue::expire(TimerId timer) noexcept {
    Timer& expired = at(timer);
    require(expired.armed, "a timer expires that is not armed");
    expire_at(expired, expired.reached_at);
    find_next_deadline();
}

void TimerQueue::find_next_deadline() noexcept {
    next_deadline_ = kNever;
    for (std::size_t timer = 0; timer < count_; ++timer) {
        next_deadline_ = std::min(next_deadline_, timers_[timer].reached_at);
    }
}

}  // namespace heddle::board
