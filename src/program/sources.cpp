// The steps of sources of interrupts, and what steps have to do with sources.
#include <algorithm>
#include <utility>

#include "host/simulated_board.hpp"
#include "mpy/handlers.hpp"
#include "program/contexts.hpp"
#include "program/explored_program.hpp"
#include "program/handlers.hpp"
#include "program/pending.hpp"
#include "program/services.hpp"
#include "program/state.hpp"

namespace heddle::program {

namespace {

bool contains(const std::vector<board::SourceId>& lines, board::SourceId line) noexcept {
    return std::ranges::find(lines, line) != lines.end();
}

/// May a change of the board disarm the source? A timer is stopped by its own methods only.
bool reaches(const Access& access, const KnownContext& source) noexcept {
    return access.kind == PlaceKind::board && access.mode == Mode::write &&
           (access.object == nullptr || access.object == source.device || !source.is_timer);
}

}  // namespace

// One that more urgent ones may interrupt is no block: it stops before each access.
void ExploredProgram::run_source(ContextNumber context) {
    KnownContext& source = known[context];
    const auto& interrupts = host::the_board().interrupts();
    note_progress();
    const bool goes_on = interrupts.has_active_handler(source.line);
    Firing firing;
    step_.masked_before = host::interrupts_are_disabled();
    step_.lock_was_free = true;  // where it says try_acquire
    if (goes_on) {
        firing = go_on(step_.accesses);
    } else {
        source.fired = static_cast<std::uint8_t>(std::min(source.fired + 1U, most_firings_));
        step_.is_firing = true;
        step_.is_first_firing = std::exchange(source.is_unfired, false);
        // One that fires once may have none afterwards.
        const mpy::Handler* handler = mpy::handler_of(source.line);
        step_.posts = handler != nullptr && handler->context == devices::Context::thread;
        const bool is_hard = handler != nullptr && handler->context == devices::Context::hard;
        const auto splits = [this, line = source.line, is_hard] {
            find_armed();
            return is_hard && is_below_another(armed_, line, most_firings_);
        };
        firing = fire(source.line, splits, step_.accesses);
        step_.branched = firing.branched;
    }
    const bool is_over = !interrupts.has_active_handler(source.line);
    step_.handler = source.line;
    step_.begins_handler = !goes_on && !is_over;
    step_.ends_handler = goes_on && is_over;
    step_.function = firing.function;
    step_.ip = firing.ip;
}

void ExploredProgram::note_set_up(const std::vector<ExploredLine>& before, ContextNumber context) {
    for (const ExploredLine& line : armed_) {
        const bool is_other_now = std::ranges::any_of(before, [line](const ExploredLine& one) {
            return one.line == line.line && one.setup != line.setup;
        });
        if (is_other_now && line.line != known[context].line) {
            step_.sets_up.push_back(line.line);
        }
    }
    for (std::size_t i = 0; i < known_count; ++i) {
        known[i].is_unfired = known[i].is_unfired || contains(step_.arms, known[i].line) ||
                              contains(step_.sets_up, known[i].line);
    }
}

// What a source does to itself is a part of its firing.
void ExploredProgram::note_armed(const std::vector<ExploredLine>& before, ContextNumber context) {
    const auto note_missing = [&](const std::vector<ExploredLine>& some, const std::vector<ExploredLine>& all,
                                  std::vector<board::SourceId>& missing) {
        for (const ExploredLine& line : some) {
            if (!is_armed(all, line.line) && line.line != known[context].line) {
                missing.push_back(line.line);
            }
        }
    };
    note_missing(armed_, before, step_.arms);
    note_set_up(before, context);
    note_missing(before, armed_, step_.disarms);
    for (std::size_t i = 0; step_.changes_board && i < known_count; ++i) {
        const bool is_reached = std::ranges::any_of(
            step_.accesses, [i](const Access& access) { return reaches(access, known[i]); });
        if (known[i].kind == ContextKind::source && i != context && is_reached &&
            !is_armed(armed_, known[i].line) && !is_armed(before, known[i].line)) {
            step_.finds_disarmed.push_back(known[i].line);
        }
    }
}

}  // namespace heddle::program
