#include "host/explored_loop.hpp"

#include <algorithm>

extern "C" {
#include "py/bc0.h"
}

namespace heddle::host {
namespace {

// A turn of a loop that waits is short.
constexpr unsigned kMostOpcodes = 1000;

/// As the interpreter decodes a label: one byte or two, around zero.
int offset_of(const byte* label) noexcept {
    return (label[0] & 0x80) != 0 ? ((label[0] & 0x7f) | (label[1] << 7)) - 0x4000 : label[0] - 0x40;
}

const byte* target_of(const byte* label) noexcept {
    return label + ((label[0] & 0x80) != 0 ? 2 : 1) + offset_of(label);
}

/// Of all locals and what is on the stack.
std::uint64_t number_of_frame(const mp_code_state_t* code, const mp_obj_t* sp) noexcept {
    std::uint64_t number = 0;
    const auto add = [&number](const void* value) {
        number = (number ^ reinterpret_cast<std::uintptr_t>(value)) * 0x9E3779B97F4A7C15U;
        number ^= number >> 29;
    };
    // The stack grows up from the beginning; locals stand at the end.
    const mp_obj_t* state = code->state;
    for (const mp_obj_t* value = state; value <= sp; ++value) {
        add(*value);
    }
    std::size_t locals = 0;
    for (std::size_t i = code->n_state; i-- > static_cast<std::size_t>(sp + 1 - state) && locals < 64;
         ++locals) {
        add(state[i]);
    }
    return number;
}

}  // namespace

bool branches(const byte* ip) noexcept {
    return *ip == MP_BC_POP_JUMP_IF_TRUE || *ip == MP_BC_POP_JUMP_IF_FALSE ||
           *ip == MP_BC_JUMP_IF_TRUE_OR_POP || *ip == MP_BC_JUMP_IF_FALSE_OR_POP;
}

bool ends_turn(const byte* ip) noexcept {
    switch (*ip) {
        case MP_BC_POP_JUMP_IF_TRUE:
        case MP_BC_POP_JUMP_IF_FALSE:
            return offset_of(ip + 1) < 0;
        case MP_BC_JUMP:
            return offset_of(ip + 1) < 0 && *target_of(ip + 1) != MP_BC_FOR_ITER;
        default:
            return false;
    }
}

void LoopTrial::begin(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    code_ = code;
    ip_ = ip;
    frame_ = number_of_frame(code, sp);
    opcodes_ = 0;
    reads_.clear();
}

LoopTrial::Outcome LoopTrial::step(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp,
                                   const Accesses* accesses) {
    if (code == code_ && ip == ip_ && opcodes_ > 0) {
        return number_of_frame(code, sp) == frame_ && !reads_.empty() ? Outcome::waits : Outcome::works;
    }
    if (++opcodes_ > kMostOpcodes || (accesses != nullptr && accesses->unknown)) {
        return Outcome::works;
    }
    for (std::size_t i = 0; accesses != nullptr && i < accesses->count; ++i) {
        const Access& access = accesses->list[i];
        if (access.mode != Mode::read && access.mode != Mode::look) {
            return Outcome::works;
        }
        if (std::find(reads_.begin(), reads_.end(), access.place) == reads_.end()) {
            reads_.push_back(access.place);
        }
    }
    return Outcome::goes_on;
}

}  // namespace heddle::host
