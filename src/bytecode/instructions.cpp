#include "bytecode/instructions.hpp"

#include <algorithm>
#include <cstdint>

extern "C" {
#include "py/bc0.h"
#include "py/runtime0.h"
}

namespace heddle::bytecode {
namespace {

// Before this one, jumps have a sign.
constexpr byte kFirstForward = MP_BC_JUMP_IF_TRUE_OR_POP;

bool has_extra_byte(byte opcode) noexcept { return (opcode & MP_BC_MASK_EXTRA_BYTE) == 0; }

std::size_t argument_of(const byte* ip) noexcept { return mp_decode_uint_value(ip + 1); }

const byte* behind_label(const byte* ip) noexcept { return ip + ((ip[1] & 0x80) != 0 ? 3 : 2); }

// ---- what is taken from the stack

constexpr std::uint8_t kVaries = 0xff;

constexpr std::array<std::uint8_t, 256> make_taken() noexcept {
    std::array<std::uint8_t, 256> taken{};
    for (const auto one :
         {MP_BC_LOAD_ATTR, MP_BC_LOAD_METHOD, MP_BC_STORE_FAST_N, MP_BC_STORE_DEREF, MP_BC_STORE_NAME,
          MP_BC_STORE_GLOBAL, MP_BC_POP_TOP, MP_BC_POP_JUMP_IF_TRUE, MP_BC_POP_JUMP_IF_FALSE,
          MP_BC_SETUP_WITH, MP_BC_END_FINALLY, MP_BC_GET_ITER, MP_BC_GET_ITER_STACK, MP_BC_UNPACK_SEQUENCE,
          MP_BC_UNPACK_EX, MP_BC_RETURN_VALUE, MP_BC_RAISE_OBJ, MP_BC_YIELD_VALUE, MP_BC_IMPORT_STAR}) {
        taken[static_cast<std::size_t>(one)] = 1;
    }
    for (const auto two : {MP_BC_LOAD_SUBSCR, MP_BC_STORE_ATTR, MP_BC_RAISE_FROM, MP_BC_YIELD_FROM,
                           MP_BC_MAKE_FUNCTION_DEFARGS, MP_BC_IMPORT_NAME}) {
        taken[static_cast<std::size_t>(two)] = 2;
    }
    for (const auto three : {MP_BC_LOAD_SUPER_METHOD, MP_BC_STORE_SUBSCR, MP_BC_STORE_MAP}) {
        taken[static_cast<std::size_t>(three)] = 3;
    }
    for (const auto varies :
         {MP_BC_BUILD_TUPLE, MP_BC_BUILD_LIST, MP_BC_BUILD_SET, MP_BC_BUILD_SLICE, MP_BC_STORE_COMP,
          MP_BC_MAKE_CLOSURE, MP_BC_MAKE_CLOSURE_DEFARGS, MP_BC_CALL_FUNCTION, MP_BC_CALL_FUNCTION_VAR_KW,
          MP_BC_CALL_METHOD, MP_BC_CALL_METHOD_VAR_KW, MP_BC_WITH_CLEANUP}) {
        taken[static_cast<std::size_t>(varies)] = kVaries;
    }
    for (std::size_t i = 0; i < MP_BC_STORE_FAST_MULTI_NUM; ++i) {
        taken[MP_BC_STORE_FAST_MULTI + i] = 1;
    }
    for (std::size_t i = 0; i < MP_BC_UNARY_OP_MULTI_NUM; ++i) {
        taken[MP_BC_UNARY_OP_MULTI + i] = 1;
    }
    for (std::size_t i = 0; i < MP_BC_BINARY_OP_MULTI_NUM; ++i) {
        taken[MP_BC_BINARY_OP_MULTI + i] = 2;
    }
    return taken;
}

constexpr std::array<std::uint8_t, 256> kTaken = make_taken();

// Under None stands __exit__ with its object; under the number of a jump, what the jump needs as well.
std::size_t taken_by_with(const mp_obj_t* sp) noexcept { return mp_obj_is_small_int(sp[0]) ? 4 : 3; }

std::size_t varying(const byte* ip, const mp_obj_t* sp) noexcept {
    switch (*ip) {
        case MP_BC_STORE_COMP:
            return (argument_of(ip) & 3) == 1 ? 2 : 1;
        case MP_BC_MAKE_CLOSURE:
            return *mp_decode_uint_skip(ip + 1);
        case MP_BC_MAKE_CLOSURE_DEFARGS:
            return *mp_decode_uint_skip(ip + 1) + 2u;
        case MP_BC_WITH_CLEANUP:
            return taken_by_with(sp);
        default:
            return function_slot(ip) < 0 ? argument_of(ip) : static_cast<std::size_t>(function_slot(ip)) + 1;
    }
}

int local_of(const byte* ip, byte multi, std::size_t count, byte general, byte of_cell) noexcept {
    if (*ip >= multi && *ip < multi + count) {
        return *ip - multi;
    }
    return *ip == general || *ip == of_cell ? static_cast<int>(argument_of(ip)) : -1;
}

}  // namespace

const byte* first_instruction(const byte* bytecode) noexcept {
    const byte* ip = bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    return ip + n_info + n_cell;
}

const byte* instruction_behind(const byte* ip) noexcept {
    const std::size_t extra = has_extra_byte(*ip) ? 1 : 0;
    switch (MP_BC_FORMAT(*ip)) {
        case MP_BC_FORMAT_QSTR:
        case MP_BC_FORMAT_VAR_UINT:
            return mp_decode_uint_skip(ip + 1) + extra;
        case MP_BC_FORMAT_OFFSET:
            return behind_label(ip) + extra;
        default:
            return ip + 1 + extra;
    }
}

// One byte or two; those with a sign are around zero.
const byte* jump_target(const byte* ip) noexcept {
    const bool is_long = (ip[1] & 0x80) != 0;
    const int value = is_long ? (ip[1] & 0x7f) | (ip[2] << 7) : ip[1];
    const int zero = *ip >= kFirstForward ? 0 : is_long ? 0x4000 : 0x40;
    return behind_label(ip) + (value - zero);
}

bool sets_up_handler(const byte* ip) noexcept {
    return *ip == MP_BC_SETUP_WITH || *ip == MP_BC_SETUP_EXCEPT || *ip == MP_BC_SETUP_FINALLY;
}

bool is_branch(const byte* ip) noexcept {
    return *ip == MP_BC_POP_JUMP_IF_TRUE || *ip == MP_BC_POP_JUMP_IF_FALSE ||
           *ip == MP_BC_JUMP_IF_TRUE_OR_POP || *ip == MP_BC_JUMP_IF_FALSE_OR_POP || *ip == MP_BC_FOR_ITER;
}

bool is_jump_back(const byte* ip) noexcept { return *ip == MP_BC_JUMP && jump_target(ip) <= ip; }

bool is_return(const byte* ip) noexcept { return *ip == MP_BC_RETURN_VALUE; }

bool is_yield(const byte* ip) noexcept { return *ip == MP_BC_YIELD_VALUE || *ip == MP_BC_YIELD_FROM; }

bool looks_for_callbacks(const byte* ip) noexcept {
    switch (*ip) {
        case MP_BC_JUMP:
        case MP_BC_POP_JUMP_IF_TRUE:
        case MP_BC_POP_JUMP_IF_FALSE:
        case MP_BC_JUMP_IF_TRUE_OR_POP:
        case MP_BC_JUMP_IF_FALSE_OR_POP:
        case MP_BC_UNWIND_JUMP:
        case MP_BC_POP_EXCEPT_JUMP:
            return true;
        default:
            return false;
    }
}

const byte* condition_of_loop(const byte* first, const byte* ip) noexcept {
    const byte* const body = jump_target(ip);
    for (const byte* jump = first; jump < body; jump = instruction_behind(jump)) {
        if (instruction_behind(jump) == body) {
            return *jump == MP_BC_JUMP && jump_target(jump) > jump ? jump_target(jump) : nullptr;
        }
    }
    return nullptr;
}

Successors successors_of(const byte* ip) noexcept {
    switch (*ip) {
        case MP_BC_RETURN_VALUE:
        case MP_BC_RAISE_LAST:
        case MP_BC_RAISE_OBJ:
        case MP_BC_RAISE_FROM:
            return {};
        case MP_BC_JUMP:
        case MP_BC_UNWIND_JUMP:
        case MP_BC_POP_EXCEPT_JUMP:
            return {jump_target(ip), nullptr};
        default:
            return {instruction_behind(ip), is_branch(ip) ? jump_target(ip) : nullptr};
    }
}

StackUse stack_use(const byte* ip, const mp_obj_t* sp) noexcept {
    switch (*ip) {
        case MP_BC_FOR_ITER:
            return {MP_OBJ_ITER_BUF_NSLOTS, 0};
        case MP_BC_JUMP_IF_TRUE_OR_POP:
        case MP_BC_JUMP_IF_FALSE_OR_POP:
        case MP_BC_IMPORT_FROM:
            return {1, 0};
        default:
            break;
    }
    const std::size_t taken = kTaken[*ip] == kVaries ? varying(ip, sp) : kTaken[*ip];
    return {taken, taken};
}

int stored_local(const byte* ip) noexcept {
    return local_of(ip, MP_BC_STORE_FAST_MULTI, MP_BC_STORE_FAST_MULTI_NUM, MP_BC_STORE_FAST_N,
                    MP_BC_STORE_FAST_N);
}

int loaded_local(const byte* ip) noexcept {
    return local_of(ip, MP_BC_LOAD_FAST_MULTI, MP_BC_LOAD_FAST_MULTI_NUM, MP_BC_LOAD_FAST_N,
                    MP_BC_LOAD_DEREF);
}

// Behind an instruction that goes nowhere, there is only what others jump to.
std::size_t locals_used(const byte* first) noexcept {
    int count = 0;
    const byte* furthest = first;
    for (const byte* ip = first;; ip = instruction_behind(ip)) {
        count = std::max({count, stored_local(ip) + 1, loaded_local(ip) + 1});
        const Successors after = successors_of(ip);
        const byte* const target = sets_up_handler(ip)   ? jump_target(ip)
                                   : after[1] != nullptr ? after[1]
                                                         : after[0];
        furthest = std::max(furthest, target);
        const bool goes_on = after[0] == instruction_behind(ip);
        if (!goes_on && furthest <= ip) {
            return static_cast<std::size_t>(count);
        }
    }
}

int function_slot(const byte* ip) noexcept {
    const bool is_method = *ip == MP_BC_CALL_METHOD || *ip == MP_BC_CALL_METHOD_VAR_KW;
    const bool is_spread = *ip == MP_BC_CALL_FUNCTION_VAR_KW || *ip == MP_BC_CALL_METHOD_VAR_KW;
    if (!is_method && !is_spread && *ip != MP_BC_CALL_FUNCTION) {
        return -1;
    }
    const std::size_t counts = argument_of(ip);
    return static_cast<int>((counts & 0xff) + 2 * (counts >> 8 & 0xff)) + (is_method ? 1 : 0) +
           (is_spread ? 1 : 0);
}

}  // namespace heddle::bytecode
