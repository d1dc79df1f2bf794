#include "program/updates.hpp"

#include "bytecode/value_flow.hpp"
#include "program/state.hpp"
#include "program/turns.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
}

namespace heddle::program {
namespace {

using explore::Replacement;

// What a context computes between the same touches in the same lines can differ with the values. After so
// many executions in which nothing followed, nothing does.
constexpr unsigned kMostRuns = 64;

// Of the run that is watched; null: none is.
bytecode::ValueFlow* watched_flow = nullptr;
bool is_its_step = false;
bool reads_count = false;

// A step begins where the last one stopped: in the middle of tick().
void watched_tick(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    tick(code, ip, sp);
    if (watched_flow == nullptr || is_on_trial() || phase == Phase::finishing) {
        return;
    }
    if (is_its_step) {
        watched_flow->step(code, ip, sp, reads_count);
    } else {
        watched_flow->step_of_another(code, ip, sp);
    }
}

class Watch {
  public:
    explicit Watch(bytecode::ValueFlow& flow) {
        watched_flow = &flow;
        heddle_vm_set_step(watched_tick);
    }
    ~Watch() {
        watched_flow = nullptr;
        heddle_vm_set_step(tick);
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
};

bool can_run(explore::Machine& machine, explore::ContextId context) {
    const auto states = machine.contexts();
    return context < states.size() && states[context].enabled;
}

bool run_again(explore::Machine& machine, const record::Trace& trace, const Replacement& write,
               bool is_ordered) {
    bytecode::ValueFlow flow(write.place);
    const Watch watch(flow);
    machine.reset();
    for (std::size_t i = 0; i <= write.step; ++i) {
        const explore::ContextId context = trace[i].context;
        if (!can_run(machine, context)) {
            return true;
        }
        is_its_step = context == trace[write.step].context;
        reads_count = i >= write.first_read && i < write.replaced;
        static_cast<void>(flow.take_written());
        static_cast<void>(machine.run(context));
    }
    return flow.take_written() != bytecode::ValueFlow::Written::apart &&
           (is_ordered || !flow.is_still_as_read());
}

std::uint64_t mix(std::uint64_t number, std::uint64_t more) noexcept {
    number = (number ^ more) * 0x9e3779b97f4a7c15;
    return number ^ (number >> 29);
}

/// Of what the context touched from the first read to the write, and where, and of what it replaced.
std::uint64_t number_of(const record::Trace& trace, const Replacement& write) {
    std::uint64_t number = mix(write.place, trace[write.step].context);
    number = mix(number, trace[write.replaced].source);
    for (std::size_t i = write.first_read; i <= write.step; ++i) {
        if (trace[i].context != trace[write.step].context) {
            continue;
        }
        number = mix(number, trace[i].source + (i < write.replaced ? std::uint64_t{1} << 32 : 0));
        for (const record::Touch& touch : trace.touches(trace[i])) {
            number = mix(number, trace.shapes().place(touch.place) + static_cast<std::uint64_t>(touch.mode));
        }
    }
    return number;
}

}  // namespace

bool Updates::is_one(explore::Machine& machine, const record::Trace& trace, const Replacement& write,
                     bool is_ordered) {
    Answer& answer = answers_[mix(number_of(trace, write), is_ordered)];
    if (!answer.is_update && answer.runs < kMostRuns) {
        const explore::SnapshotId here = machine.take();
        answer.is_update = run_again(machine, trace, write, is_ordered);
        ++answer.runs;
        machine.restore(here);
        machine.drop(here);
    }
    return answer.is_update;
}

}  // namespace heddle::program
