#include "bytecode/read_condition.hpp"

#include <algorithm>

#include "bytecode/instructions.hpp"

extern "C" {
#include "py/bc0.h"
}

namespace heddle::bytecode {
namespace {

/// One of which there is no equal other object, but that 1 and True are equal.
bool is_unique(mp_obj_t value) noexcept {
    return mp_obj_is_small_int(value) || mp_obj_is_qstr(value) || value == mp_const_none ||
           mp_obj_is_bool(value);
}

std::optional<bool> is_true(mp_obj_t value) noexcept {
    if (mp_obj_is_small_int(value)) {
        return MP_OBJ_SMALL_INT_VALUE(value) != 0;
    }
    if (mp_obj_is_qstr(value)) {
        return MP_OBJ_QSTR_VALUE(value) != MP_QSTR_;
    }
    return is_unique(value) ? std::optional(value == mp_const_true) : std::nullopt;
}

std::optional<bool> are_equal(mp_obj_t one, mp_obj_t other) noexcept {
    const bool is_clear = is_unique(one) && is_unique(other) && mp_obj_is_bool(one) == mp_obj_is_bool(other);
    return is_clear ? std::optional(one == other) : std::nullopt;
}

std::optional<bool> compare(mp_binary_op_t comparison, mp_obj_t left, mp_obj_t right) noexcept {
    if (comparison == MP_BINARY_OP_IS) {
        return left == right;
    }
    if (comparison == MP_BINARY_OP_EQUAL || comparison == MP_BINARY_OP_NOT_EQUAL) {
        const std::optional<bool> equal = are_equal(left, right);
        return equal ? std::optional(*equal == (comparison == MP_BINARY_OP_EQUAL)) : std::nullopt;
    }
    if (!mp_obj_is_small_int(left) || !mp_obj_is_small_int(right)) {
        return std::nullopt;
    }
    const mp_int_t a = MP_OBJ_SMALL_INT_VALUE(left);
    const mp_int_t b = MP_OBJ_SMALL_INT_VALUE(right);
    switch (comparison) {
        case MP_BINARY_OP_LESS:
            return a < b;
        case MP_BINARY_OP_MORE:
            return a > b;
        case MP_BINARY_OP_LESS_EQUAL:
            return a <= b;
        case MP_BINARY_OP_MORE_EQUAL:
            return a >= b;
        default:
            return std::nullopt;
    }
}

bool loads_one_value(const byte* ip) noexcept {
    switch (*ip) {
        case MP_BC_LOAD_NAME:
        case MP_BC_LOAD_GLOBAL:
        case MP_BC_LOAD_DEREF:
        case MP_BC_LOAD_ATTR:
        case MP_BC_LOAD_SUBSCR:
            return true;
        default:
            return false;
    }
}

bool loads_local(const byte* ip) noexcept {
    return *ip == MP_BC_LOAD_FAST_N ||
           (*ip >= MP_BC_LOAD_FAST_MULTI && *ip < MP_BC_LOAD_FAST_MULTI + MP_BC_LOAD_FAST_MULTI_NUM);
}

bool stores_local(const byte* ip) noexcept {
    return *ip == MP_BC_STORE_FAST_N ||
           (*ip >= MP_BC_STORE_FAST_MULTI && *ip < MP_BC_STORE_FAST_MULTI + MP_BC_STORE_FAST_MULTI_NUM);
}

bool is_binary(const byte* ip) noexcept {
    return *ip >= MP_BC_BINARY_OP_MULTI && *ip < MP_BC_BINARY_OP_MULTI + MP_BC_BINARY_OP_MULTI_NUM;
}

/// How many slots below its outputs it puts into another order.
std::size_t slots_moved(const byte* ip) noexcept {
    return *ip == MP_BC_ROT_TWO || *ip == MP_BC_DUP_TOP_TWO ? 2 : *ip == MP_BC_ROT_THREE ? 3 : 0;
}

}  // namespace

std::optional<bool> ReadCondition::holds_for(mp_obj_t value) const noexcept {
    const std::optional<bool> is = !is_comparison  ? is_true(value)
                                   : is_read_first ? compare(comparison, value, compared_with)
                                                   : compare(comparison, compared_with, value);
    return is ? std::optional(*is != is_negated) : std::nullopt;
}

bool ReadCondition::is_known_for(mp_obj_t value) const noexcept {
    return read != MP_OBJ_NULL && value != MP_OBJ_NULL && holds_for(value) && holds_for(read);
}

bool ReadCondition::is_same_for(mp_obj_t value) const noexcept {
    return is_known_for(value) && holds_for(value) == holds_for(read);
}

ReadCondition condition_of(const byte* ip, mp_obj_t loaded) noexcept {
    return {.read = loads_one_value(ip) ? loaded : MP_OBJ_NULL};
}

void ReadConditions::step(const mp_code_state_t& code, const byte* ip, const mp_obj_t* sp,
                          std::size_t first_output, bool is_alone) {
    const auto top = static_cast<std::size_t>(sp - code.state);
    const ReadCondition made = made_by(ip, sp, top, is_alone);
    if (stores_local(ip)) {
        locals_.insert_or_assign(stored_local(ip), at(top));
    }
    stack_.resize(std::min(stack_.size(), first_output - std::min(first_output, slots_moved(ip))));
    set(first_output, made);
}

void ReadConditions::set(std::size_t slot, const ReadCondition& condition) {
    stack_.resize(slot + 1);
    stack_[slot] = condition;
}

ReadCondition ReadConditions::at(std::size_t slot) const noexcept {
    return slot < stack_.size() ? stack_[slot] : ReadCondition{};
}

ReadCondition ReadConditions::made_by(const byte* ip, const mp_obj_t* sp, std::size_t top,
                                      bool is_alone) const {
    if (loads_local(ip)) {
        const auto known = locals_.find(loaded_local(ip));
        return known == locals_.end() ? ReadCondition{} : known->second;
    }
    if (is_binary(ip) && is_alone) {
        return compared(static_cast<mp_binary_op_t>(*ip - MP_BC_BINARY_OP_MULTI), sp, top);
    }
    if (*ip == MP_BC_UNARY_OP_MULTI + MP_UNARY_OP_NOT) {
        ReadCondition negated = at(top);
        negated.is_negated = !negated.is_negated;
        return negated;
    }
    return *ip == MP_BC_DUP_TOP ? at(top) : ReadCondition{};
}

ReadCondition ReadConditions::compared(mp_binary_op_t comparison, const mp_obj_t* sp, std::size_t top) const {
    const bool is_first = at(top - 1).read != MP_OBJ_NULL;
    const bool is_second = at(top).read != MP_OBJ_NULL;
    const ReadCondition read = is_first ? at(top - 1) : at(top);
    const bool is_plain = is_first != is_second && !read.is_comparison && !read.is_negated;
    return {.read = is_plain ? read.read : MP_OBJ_NULL,
            .is_comparison = true,
            .is_read_first = is_first,
            .comparison = comparison,
            .compared_with = is_first ? sp[0] : sp[-1]};
}

// ---- decisions

void Decisions::add(const mp_code_state_t& code, const byte* branch, const mp_obj_t* sp,
                    const ReadCondition& condition) {
    decisions_.push_back({.code = &code,
                          .branch = branch,
                          .height = static_cast<std::size_t>(sp - code.state),
                          .condition = condition});
}

void Decisions::choose_function(bool by_read) {
    if (by_read) {
        decisions_.push_back({.is_new = false});
    }
}

void Decisions::end_by_exception(bool by_read) {
    forget_ways();
    choose_function(by_read);
}

void Decisions::forget_ways() {
    for (Decision& decision : decisions_) {
        decision.other = nullptr;
    }
}

void Decisions::note_way(Decision& decision, const byte* ip) {
    const Successors ways = successors_of(decision.branch);
    decision.other = ip == ways[0] ? ways[1] : ip == ways[1] ? ways[0] : nullptr;
    decision.is_new = false;
}

// `a and b` and `a or b` keep the value of what they jump by.
bool Decisions::meets(const Decision& decision, const byte* ip, const mp_obj_t* sp, std::size_t height) {
    const bool keeps_true = *decision.branch == MP_BC_JUMP_IF_TRUE_OR_POP;
    const bool keeps = keeps_true || *decision.branch == MP_BC_JUMP_IF_FALSE_OR_POP;
    if (!keeps || ip != jump_target(decision.branch)) {
        return height + 1 == decision.height;
    }
    return height == decision.height && is_true(sp[0]) == keeps_true;
}

void Decisions::step(const mp_code_state_t& code, const byte* ip, const mp_obj_t* sp) {
    const auto height = static_cast<std::size_t>(sp - code.state);
    for (Decision& decision : decisions_) {
        if (decision.code != &code) {
            continue;
        }
        if (decision.is_new) {
            note_way(decision, ip);
        } else if (decision.other == ip && meets(decision, ip, sp, height)) {
            decision.met = decisions_.size();
            decision.other = nullptr;
        }
        decision.other = is_return(ip) ? nullptr : decision.other;
    }
}

// More than what it puts on the stack.
void Decisions::leave(const byte* ip, const Accesses& accesses) {
    const bool changes = std::any_of(accesses.begin(), accesses.end(), [](const Access& access) {
        return access.mode != Mode::read && access.mode != Mode::look;
    });
    if (changes || stored_local(ip) >= 0) {
        forget_ways();
    }
}

bool Decisions::are_same_for(mp_obj_t value) const {
    for (std::size_t i = 0; i < decisions_.size();) {
        const Decision& decision = decisions_[i];
        if (decision.condition.is_same_for(value)) {
            ++i;
        } else if (decision.met != 0 && decision.condition.is_known_for(value)) {
            i = decision.met;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace heddle::bytecode
