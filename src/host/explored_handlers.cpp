#include "host/explored_handlers.hpp"

#include <utility>

#include "base/state.h"
#include "host/explored_board.hpp"
#include "host/explored_pending.hpp"
#include "host/explored_repeats.hpp"
#include "host/explored_state.hpp"
#include "host/explored_turns.hpp"
#include "host/handler_failure.hpp"
#include "host/simulated_board.hpp"
#include "thread/control.hpp"

namespace heddle::host::explored {
namespace {

// Of the present step.
std::vector<Access>* of_handler = nullptr;
Firing present;
bool stops = false;

// What resumes the handler that has stopped wants another one on top of it.
bool fires_on_top = false;

/// A handler never waits: what it finds taken it only looks at.
void make_handlers(Accesses& accesses) noexcept {
    for (std::size_t i = 0; i < accesses.count; ++i) {
        Access& access = accesses.list[i];
        if (is_acquisition(access.mode)) {
            access.mode = is_free(access) ? Mode::try_acquire : Mode::look;
        }
    }
}

Firing resume(std::vector<Access>& touched) {
    of_handler = &touched;
    present = {};
    static_cast<void>(thread::resume(*thread::find_fiber(interrupts_fiber)));
    return present;
}

/// On top of what runs: its handlers do not stop.
void serve_within_block() noexcept {
    const bool stopped = std::exchange(stops, false);
    serve_raised_lines();
    stops = stopped;
}

}  // namespace

Firing fire(board::SourceId line, bool splits, std::vector<Access>& touched) {
    next_line = line;
    stops = splits;
    fires_on_top = pending_of(thread::find_fiber(interrupts_fiber)) != nullptr;
    return resume(touched);
}

Firing go_on(std::vector<Access>& touched) {
    stops = true;
    return resume(touched);
}

bool in_handler() noexcept {
    return board_is_in_use() && the_board().interrupts().active() != board::kNoSource;
}

void serve_raised(std::vector<Access>& touched) {
    of_handler = &touched;
    serve_within_block();
}

void tick_handler(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    if (is_any_line_raised()) {
        serve_within_block();
    }
    Pending pending{};
    note_step({code, ip, sp});
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
    present.branched = present.branched || (!stops && branches(ip));
    if (touches) {
        make_handlers(pending.accesses);
    }
    if (is_on_trial()) {
        note_on_trial({code, ip, sp}, touches ? &pending.accesses : nullptr, false);
    } else if (touches) {
        add_accesses(*of_handler, pending.accesses);
    }
    if (!stops && board_profile().interpreter_lock) {
        end_if_endless({code, ip, sp}, touches ? &pending.accesses : nullptr);
    }
}

}  // namespace heddle::host::explored
