#include "host/explored_services.hpp"

#include <algorithm>
#include <vector>

#include "mpy/micropython.hpp"

extern "C" {
#include "py/bc.h"
#include "py/bc0.h"
}

namespace heddle::host::explored {
namespace {

/// Of an opcode with a label, that to which it jumps.
const byte* target_of(const byte* ip) noexcept {
    const bool is_signed = *ip != MP_BC_FOR_ITER && *ip != MP_BC_POP_EXCEPT_JUMP;
    const byte* label = ip + 1;
    const bool is_long = (label[0] & 0x80) != 0;
    const int number = is_long ? (label[0] & 0x7f) | (label[1] << 7) : label[0];
    const int zero = !is_signed ? 0 : is_long ? 0x4000 : 0x40;
    return label + (is_long ? 2 : 1) + number - zero;
}

const byte* after(const byte* ip) noexcept {
    const unsigned format = MP_BC_FORMAT(*ip);
    const bool has_extra = format >= MP_BC_FORMAT_VAR_UINT && (*ip & MP_BC_MASK_EXTRA_BYTE) == 0;
    const byte* next = ip + 1;
    if (format == MP_BC_FORMAT_OFFSET) {
        next += (*next & 0x80) != 0 ? 2 : 1;
    } else if (format != MP_BC_FORMAT_BYTE) {
        while ((*next++ & 0x80) != 0) {
        }
    }
    return next + (has_extra ? 1 : 0);
}

enum class Flow : std::uint8_t { on, jump, either, out };

Flow flow_of(byte opcode) noexcept {
    switch (opcode) {
        case MP_BC_RETURN_VALUE:
        case MP_BC_RAISE_LAST:
        case MP_BC_RAISE_OBJ:
        case MP_BC_RAISE_FROM:
        case MP_BC_YIELD_VALUE:
        case MP_BC_YIELD_FROM:
            return Flow::out;
        case MP_BC_JUMP:
        case MP_BC_UNWIND_JUMP:
        case MP_BC_POP_EXCEPT_JUMP:
            return Flow::jump;
        case MP_BC_POP_JUMP_IF_TRUE:
        case MP_BC_POP_JUMP_IF_FALSE:
        case MP_BC_JUMP_IF_TRUE_OR_POP:
        case MP_BC_JUMP_IF_FALSE_OR_POP:
        case MP_BC_FOR_ITER:
            return Flow::either;
        default:
            return Flow::on;
    }
}

bool has_way_out(const byte* ip) {
    std::vector<const byte*> reached{ip};
    const auto reach = [&reached](const byte* place) {
        if (std::ranges::find(reached, place) == reached.end()) {
            reached.push_back(place);
        }
    };
    for (std::size_t i = 0; i < reached.size(); ++i) {
        const byte* place = reached[i];
        const Flow flow = flow_of(*place);
        if (flow == Flow::out) {
            return true;
        }
        if (flow != Flow::on) {
            reach(target_of(place));
        }
        if (flow != Flow::jump) {
            reach(after(place));
        }
    }
    return false;
}

}  // namespace

bool is_service(const thread::Fiber& fiber) {
    const auto* state = static_cast<const mp_state_thread_t*>(fiber.local);
    if (fiber.state != thread::FiberState::parked || fiber.deadline == port::kForever || state == nullptr) {
        return false;
    }
    for (const mp_code_state_t* frame = state->current_code_state; frame != nullptr;
         frame = frame->prev_state) {
        if (!has_way_out(frame->ip)) {
            return true;
        }
    }
    return false;
}

}  // namespace heddle::host::explored
