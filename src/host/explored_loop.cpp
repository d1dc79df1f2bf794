#include "host/explored_loop.hpp"

#include <algorithm>

extern "C" {
#include "py/bc0.h"
}

namespace heddle::host {
namespace {

/// As the interpreter decodes a label: one byte or two, around zero.
int offset_of(const byte* label) noexcept {
    return (label[0] & 0x80) != 0 ? ((label[0] & 0x7f) | (label[1] << 7)) - 0x4000 : label[0] - 0x40;
}

bool jumps_back(const byte* ip) noexcept {
    switch (*ip) {
        case MP_BC_JUMP:
        case MP_BC_POP_JUMP_IF_TRUE:
        case MP_BC_POP_JUMP_IF_FALSE:
            return offset_of(ip + 1) < 0;
        default:
            return false;
    }
}

/// Of all locals and what is on the stack.
std::uint64_t number_of_frame(const mp_code_state_t* code, const mp_obj_t* sp) noexcept {
    std::uint64_t number = 0;
    const auto add = [&number](mp_obj_t value) {
        number = (number ^ reinterpret_cast<std::uintptr_t>(value)) * 0x9E3779B97F4A7C15U;
        number ^= number >> 29;
    };
    std::for_each(code->state, sp + 1, add);
    // Locals stand at the other end, the first one last.
    for (std::size_t i = code->n_state; i > static_cast<std::size_t>(sp + 1 - code->state); --i) {
        add(code->state[i - 1]);
    }
    return number;
}

}  // namespace

void LoopWatch::note(const Accesses& accesses) noexcept {
    for (const Access& access : accesses) {
        if (access.mode != Mode::read || read_count_ == kMost) {
            changed_ = true;
        } else if (std::find(reads_, reads_ + read_count_, access.place) == reads_ + read_count_) {
            reads_[read_count_++] = access.place;
        }
    }
    changed_ = changed_ || accesses.unknown;
}

bool LoopWatch::turn_changed_nothing(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) noexcept {
    if (!jumps_back(ip)) {
        return false;
    }
    const std::uint64_t frame = number_of_frame(code, sp);
    const bool same = code == code_ && ip == ip_ && frame == frame_ && !changed_ && read_count_ > 0;
    std::copy(reads_, reads_ + read_count_, turn_);
    turn_count_ = same ? read_count_ : 0;
    code_ = code;
    ip_ = ip;
    frame_ = frame;
    read_count_ = 0;
    changed_ = false;
    return same;
}

}  // namespace heddle::host
