#include "program/touches.hpp"

#include <utility>

#include "bytecode/source_lines.hpp"
#include "program/pending.hpp"
#include "program/state.hpp"
#include "program/text.hpp"
#include "program/turns.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
}

namespace heddle::program {
namespace {

constexpr std::size_t kMostTouches = 1000;

bool only_looks(Mode mode) noexcept { return mode == Mode::read || mode == Mode::look; }

bool takes(const Access& access) noexcept {
    return (access.mode == Mode::acquire || access.mode == Mode::acquire_for ||
            access.mode == Mode::try_acquire) &&
           is_free(access);
}

ToldTouches* told = nullptr;

// A step begins where the last one stopped: in the middle of tick().
void telling_tick(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    tick(code, ip, sp);
    Accesses accesses;
    if (told != nullptr && !is_on_trial() && phase != Phase::finishing &&
        accesses_of(code, ip, sp, accesses)) {
        told->note(code, ip, accesses);
    }
}

}  // namespace

ToldTouches::ToldTouches() {
    told = this;
    heddle_vm_set_step(telling_tick);
}

ToldTouches::~ToldTouches() {
    told = nullptr;
    heddle_vm_set_step(tick);
}

std::vector<ToldTouch> ToldTouches::take() { return std::exchange(touches_, {}); }

void ToldTouches::note(const mp_code_state_t* code, const byte* ip, const Accesses& accesses) {
    const mpy::SourcePlace place = bytecode::source_line_of(*code->fun_bc, ip);
    ToldTouch touch{
        .file = place.file, .line = place.line, .words = words_of(accesses.begin(), accesses.count)};
    for (const Access& access : accesses) {
        (only_looks(access.mode) ? touch.read : touch.written).push_back(access.place);
        touch.taken = takes(access) ? access.place : touch.taken;
        touch.freed = access.mode == Mode::release ? access.place : touch.freed;
    }
    if (touches_.size() == kMostTouches) {
        touches_.pop_back();
    }
    touches_.push_back(std::move(touch));
}

}  // namespace heddle::program
