#include "explore/shrink.hpp"

#include <algorithm>
#include <chrono>
#include <set>

namespace heddle::explore {
namespace {

using Clock = std::chrono::steady_clock;

// Of a block, that may go at once: a handler that can be interrupted has so many steps, or fewer.
constexpr std::size_t kMostFirst = 16;

// Of a turn of a loop that waits, up to where it is known to wait.
constexpr std::size_t kMostOfTurn = 12;

struct Block {
    std::size_t begin;
    std::size_t end;
};

std::vector<Block> blocks_of(const Schedule& schedule) {
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < schedule.size(); ++i) {
        if (i == 0 || schedule[i] != schedule[i - 1]) {
            blocks.push_back({i, i});
        }
        blocks.back().end = i + 1;
    }
    return blocks;
}

// `schedule` with [from.begin, from.end) moved so that it begins where `to` was.
Schedule moved(const Schedule& schedule, Block from, std::size_t to) {
    Schedule changed = schedule;
    const auto at = [&](std::size_t index) { return changed.begin() + static_cast<std::ptrdiff_t>(index); };
    if (to >= from.end) {
        std::rotate(at(from.begin), at(from.end), at(to));
    } else {
        std::rotate(at(to), at(from.begin), at(from.end));
    }
    return changed;
}

Schedule without(const Schedule& schedule, Block block) {
    Schedule changed = schedule;
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(block.begin),
                  changed.begin() + static_cast<std::ptrdiff_t>(block.end));
    return changed;
}

// Each block of the context but a last one with so many more steps.
Schedule with_more(const Schedule& schedule, ContextId context, std::size_t steps) {
    Schedule changed;
    for (std::size_t i = 0; i < schedule.size(); ++i) {
        changed.push_back(schedule[i]);
        if (schedule[i] == context && i + 1 < schedule.size() && schedule[i + 1] != context) {
            changed.insert(changed.end(), steps, context);
        }
    }
    return changed;
}

// What does not show the finding in so many steps may run for ever.
std::size_t steps_for(const Schedule& known) {
    constexpr std::size_t kTimesLonger = 4;
    constexpr std::size_t kMore = 1000;
    return known.size() * kTimesLonger + kMore;
}

class Shrinker {
  public:
    Shrinker(Machine& machine, const Finding& finding, const std::vector<Detector*>& detectors,
             const ShrinkLimits& limits)
        : machine_(machine), finding_(finding), most_attempts_(limits.attempts) {
        constexpr double kLongest_s = 3600;
        options_.plain_until =
            Clock::now() + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(std::min(limits.seconds, kLongest_s)));
        options_.strictness = Strictness::wishes;
        options_.detectors = detectors;
        options_.until = &finding_;
    }

    Shrunk run(const Schedule& schedule) {
        if (!try_one(schedule)) {
            return {schedule, {}, best_.attempts, false};
        }
        best_.shows = true;
        drop_runs();
        shorten_blocks();
        while (drop_blocks() || cut() || merge_blocks() || wait_before_switches()) {
        }
        return std::move(best_);
    }

  private:
    // Whether it shows the finding and is simpler than the best so far, which it then is.
    bool try_one(const Schedule& schedule) {
        if (best_.shows && (best_.attempts >= most_attempts_ || Clock::now() >= options_.plain_until)) {
            return false;
        }
        ++best_.attempts;
        options_.most_steps = steps_for(best_.shows ? best_.schedule : schedule);
        Replay result = replay(machine_, schedule, options_);
        const auto shows = [&](const Finding& finding) { return finding_.same_as(finding); };
        if (std::ranges::none_of(result.findings, shows) ||
            (best_.shows && !(result.effort < best_.effort))) {
            return false;
        }
        best_.schedule = std::move(result.schedule);
        best_.effort = result.effort;
        return true;
    }

    // Many blocks at once: halves, quarters, and so on.
    void drop_runs() {
        for (std::size_t size = blocks_of(best_.schedule).size() / 2; size > 1; size /= 2) {
            std::vector<Block> blocks = blocks_of(best_.schedule);
            for (std::size_t at = 0; at < blocks.size();) {
                const std::size_t end = std::min(at + size, blocks.size());
                if (try_one(without(best_.schedule, {blocks[at].begin, blocks[end - 1].end}))) {
                    blocks = blocks_of(best_.schedule);
                } else {
                    at = end;
                }
            }
        }
    }

    // Many steps of a long block at once: half of them, a quarter, and so on. In a loop, it does not matter
    // which.
    void shorten_blocks() {
        for (std::size_t at = 0; at < blocks_of(best_.schedule).size(); ++at) {
            for (std::size_t size = length_of(at) / 2; size > kMostFirst;
                 size = std::min(size, length_of(at)) / 2) {
                while (length_of(at) > size && drop_steps_of(at, size)) {
                }
            }
        }
    }

    bool drop_steps_of(std::size_t at, std::size_t size) {
        const std::size_t begin = blocks_of(best_.schedule)[at].begin;
        return try_one(without(best_.schedule, {begin, begin + size}));
    }

    // 0: there is no such block any more.
    std::size_t length_of(std::size_t at) const {
        const std::vector<Block> blocks = blocks_of(best_.schedule);
        return at < blocks.size() ? blocks[at].end - blocks[at].begin : 0;
    }

    // Whole ones, or the first steps of one, as those of a handler, or the last one.
    bool drop_blocks() {
        const Schedule schedule = best_.schedule;
        return std::ranges::any_of(blocks_of(schedule), [&](Block block) {
            return try_one(without(schedule, block)) ||
                   (block.end - block.begin > 1 &&
                    (drop_first(schedule, block) || try_one(without(schedule, {block.end - 1, block.end}))));
        });
    }

    bool drop_first(const Schedule& schedule, Block block) {
        const std::size_t most = std::min(block.end, block.begin + kMostFirst + 1);
        for (std::size_t end = block.begin + 1; end < most; ++end) {
            if (try_one(without(schedule, {block.begin, end}))) {
                return true;
            }
        }
        return false;
    }

    // The rest as a plain run.
    bool cut() {
        const Schedule schedule = best_.schedule;
        return std::ranges::any_of(blocks_of(schedule), [&](Block block) {
            return try_one({schedule.begin(), schedule.begin() + static_cast<std::ptrdiff_t>(block.begin)});
        });
    }

    // A block to the next one of its context, or that one to it.
    bool merge_blocks() {
        const Schedule schedule = best_.schedule;
        const std::vector<Block> blocks = blocks_of(schedule);
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const auto is_next = [&](Block block) {
                return schedule[block.begin] == schedule[blocks[i].begin];
            };
            const auto next =
                std::find_if(blocks.begin() + static_cast<std::ptrdiff_t>(i) + 1, blocks.end(), is_next);
            if (next != blocks.end() && (try_one(moved(schedule, *next, blocks[i].end)) ||
                                         try_one(moved(schedule, blocks[i], next->begin)))) {
                return true;
            }
        }
        return false;
    }

    // Who comes to a loop before the switch, and waits there, is not preempted by it.
    bool wait_before_switches() {
        if (best_.effort.preemptions == 0) {
            return false;
        }
        const Schedule schedule = best_.schedule;
        const std::set<ContextId> contexts(schedule.begin(), schedule.end());
        return std::ranges::any_of(contexts, [&](ContextId context) {
            for (std::size_t steps = 1; steps <= kMostOfTurn; ++steps) {
                if (try_one(with_more(schedule, context, steps))) {
                    return true;
                }
            }
            return false;
        });
    }

    Machine& machine_;
    Finding finding_;
    std::size_t most_attempts_;
    ReplayOptions options_;
    Shrunk best_;
};

}  // namespace

Shrunk shrink(Machine& machine, const Schedule& schedule, const Finding& finding,
              const std::vector<Detector*>& detectors, const ShrinkLimits& limits) {
    return Shrinker(machine, finding, detectors, limits).run(schedule);
}

}  // namespace heddle::explore
