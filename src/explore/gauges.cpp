#include "explore/gauges.hpp"

#include <algorithm>

namespace heddle::explore {

void Statistics::add(const Statistics& more) noexcept {
    executions += more.executions;
    blocked += more.blocked;
    redundant += more.redundant;
    partial += more.partial;
    cut += more.cut;
    failed += more.failed;
    steps += more.steps;
}

void Gauges::note(const Statistics& done, std::size_t depth) noexcept {
    executions_.store(done.executions, std::memory_order_relaxed);
    blocked_.store(done.blocked, std::memory_order_relaxed);
    redundant_.store(done.redundant, std::memory_order_relaxed);
    partial_.store(done.partial, std::memory_order_relaxed);
    cut_.store(done.cut, std::memory_order_relaxed);
    failed_.store(done.failed, std::memory_order_relaxed);
    steps_.store(done.steps, std::memory_order_relaxed);
    depth_.store(depth, std::memory_order_relaxed);
}

void Gauges::note_end(LastWord why, std::string_view sentence) noexcept {
    std::ranges::copy(sentence.substr(0, sizeof last_sentence_ - 1), last_sentence_);
    last_word_.store(why, std::memory_order_relaxed);
}

void Gauges::clear() noexcept {
    stop_.store(false, std::memory_order_relaxed);
    hand_over_.store(false, std::memory_order_relaxed);
    length_.store(0, std::memory_order_relaxed);
    note({}, 0);
    note_explored(0);
}

Statistics Gauges::statistics() const noexcept {
    return {executions_.load(std::memory_order_relaxed), blocked_.load(std::memory_order_relaxed),
            redundant_.load(std::memory_order_relaxed),  partial_.load(std::memory_order_relaxed),
            cut_.load(std::memory_order_relaxed),        failed_.load(std::memory_order_relaxed),
            steps_.load(std::memory_order_relaxed),      0};
}

}  // namespace heddle::explore
