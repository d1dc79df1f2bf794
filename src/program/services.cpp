#include "program/services.hpp"

#include <algorithm>

namespace heddle::program {
namespace {

// In which nobody else does anything.
constexpr std::uint8_t kMostIdleTurns = 20;

// After which interrupts come, and after the last of them and of the others' steps.
constexpr std::uint8_t kLeastIdleTurns = 2;

enum class Others : std::uint8_t { ended, fire, wait, go_on };

bool waits(const KnownContext& one, const ExploredContext& context) noexcept {
    return one.awaits || !(context.enabled || context.sleeps);
}

Others state_of_others(const std::vector<ExploredContext>& contexts) noexcept {
    Others state = Others::ended;
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        if (contexts[i].is_due || contexts[i].is_held_up) {
            return Others::go_on;
        }
        if (contexts[i].finished || known[i].serves) {
            continue;
        }
        if (!waits(known[i], contexts[i]) && !contexts[i].is_source) {
            return Others::go_on;
        }
        state = std::max(state, contexts[i].is_source ? Others::fire : Others::wait);
    }
    return state;
}

}  // namespace

void note_progress() noexcept {
    for (std::size_t i = 0; i < known_count; ++i) {
        known[i].idle_turns = 0;
    }
}

void note_turn(KnownContext& thread, bool serves) noexcept {
    thread.serves = serves;
    thread.idle_turns = std::min<std::uint8_t>(thread.idle_turns + 1, kMostIdleTurns);
}

void end_services(std::vector<ExploredContext>& contexts) noexcept {
    const Others others = state_of_others(contexts);
    const std::uint8_t turns = others == Others::wait ? kMostIdleTurns : kLeastIdleTurns;
    for (std::size_t i = 0; i < contexts.size() && others != Others::go_on; ++i) {
        if (known[i].serves && (known[i].awaits || known[i].idle_turns >= turns)) {
            contexts[i].finished = true;
            contexts[i].enabled = contexts[i].sleeps = false;
            contexts[i].deadline = port::kForever;
        }
    }
}

}  // namespace heddle::program
