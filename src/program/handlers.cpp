#include "program/handlers.hpp"

#include <utility>

#include "base/state.h"
#include "host/handler_failure.hpp"
#include "host/simulated_board.hpp"
#include "program/board.hpp"
#include "program/pending.hpp"
#include "program/repeats.hpp"
#include "program/state.hpp"
#include "program/turns.hpp"
#include "thread/control.hpp"

namespace heddle::program {
namespace {

// Of the present step.
std::vector<Access>* of_handler = nullptr;
Firing present;
bool stops = false;

// The handler of the present step can come to stop: it is not on top of a block. See Splits.
const Splits* may_split = nullptr;
bool has_changed_board = false;

// What resumes the handler that has stopped wants another one on top of it.
bool fires_on_top = false;

Firing resume(std::vector<Access>& touched) {
    of_handler = &touched;
    present = {};
    static_cast<void>(thread::resume(*thread::find_fiber(interrupts_fiber)));
    return present;
}

/// On top of what runs: its handlers do not stop.
void serve_within_block() noexcept {
    const bool stopped = std::exchange(stops, false);
    const Splits* const could_split = std::exchange(may_split, nullptr);
    serve_raised_lines();
    may_split = could_split;
    stops = stopped;
}

}  // namespace

Firing fire(board::SourceId line, const Splits& splits, std::vector<Access>& touched) {
    next_line = line;
    stops = splits();
    may_split = &splits;
    has_changed_board = false;
    fires_on_top = pending_of(thread::find_fiber(interrupts_fiber)) != nullptr;
    return resume(touched);
}

Firing go_on(std::vector<Access>& touched) {
    stops = true;
    may_split = nullptr;
    return resume(touched);
}

bool in_handler() noexcept {
    return host::board_is_in_use() && host::the_board().interrupts().active() != board::kNoSource;
}

void serve_raised(std::vector<Access>& touched) {
    of_handler = &touched;
    serve_within_block();
}

void tick_handler(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    if (is_any_line_raised()) {
        serve_within_block();
    }
    if (may_split != nullptr && std::exchange(has_changed_board, false)) {
        stops = stops || (*may_split)();
    }
    Pending pending{};
    host::note_step({code, ip, sp});
    const bool touches = accesses_of(code, ip, sp, pending.accesses);
    if (stops && touches) {
        pending.code = code;
        pending.ip = ip;
        pending.sp = sp;
        thread::pause_with(&pending);
        while (std::exchange(fires_on_top, false)) {
            fire_line(next_line);
            thread::pause_with(&pending);
        }
        look_again(pending);
    }
    if (present.ip == nullptr) {
        present.function = code->fun_bc;
        present.ip = ip;
    }
    if (touches) {
        make_tries(pending.accesses);
    }
    present.branched = present.branched ||
                       (!stops && follows_from_reads(*of_handler, ip, touches ? &pending.accesses : nullptr));
    if (is_on_trial()) {
        note_on_trial({code, ip, sp}, touches ? &pending.accesses : nullptr, false);
    } else if (touches) {
        add_accesses(*of_handler, pending.accesses);
        has_changed_board = has_changed_board || changes_board(pending.accesses);
    }
    if (!stops && host::board_profile().interpreter_lock) {
        end_if_endless({code, ip, sp}, touches ? &pending.accesses : nullptr);
    }
}

}  // namespace heddle::program
