#include "bytecode/source_lines.hpp"

#include "bytecode/instructions.hpp"

extern "C" {
#include "py/bc0.h"
}

namespace heddle::bytecode {
namespace {

bool jumps_if(const byte* ip) noexcept {
    return *ip == MP_BC_POP_JUMP_IF_TRUE || *ip == MP_BC_POP_JUMP_IF_FALSE;
}

/// Can none of a condition's instructions come behind it? Each function ends with one of these.
bool ends_code(const byte* ip) noexcept {
    return is_jump_back(ip) || (*ip != MP_BC_JUMP && successors_of(ip)[0] == nullptr);
}

/// Does one of the instructions from this one on go back to `body` by a condition?
bool goes_back_to(const byte* ip, const byte* body) noexcept {
    for (; !ends_code(ip); ip = instruction_behind(ip)) {
        if (jumps_if(ip) && jump_target(ip) == body) {
            return true;
        }
    }
    return false;
}

/// The jump over a loop's body to its condition, if `ip` is in that condition; else `ip` itself.
const byte* entry_of_loop(const byte* first, const byte* ip) noexcept {
    for (const byte* jump = first; jump < ip; jump = instruction_behind(jump)) {
        if (*jump == MP_BC_JUMP && jump_target(jump) > jump && jump_target(jump) <= ip &&
            goes_back_to(ip, instruction_behind(jump))) {
            return jump;
        }
    }
    return ip;
}

}  // namespace

mpy::SourcePlace source_line_of(const mp_obj_fun_bc_t& function, const byte* ip) noexcept {
    return mpy::place_of(function,
                         ip == nullptr ? nullptr : entry_of_loop(first_instruction(function.bytecode), ip));
}

}  // namespace heddle::bytecode
