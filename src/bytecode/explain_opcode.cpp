// What an opcode was about to do when it needed the heap.
#include "bytecode/explain_needs.hpp"

extern "C" {
#include "py/bc0.h"
#include "py/emitglue.h"
#include "py/objarray.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime0.h"
}

#include <cstring>
#include <initializer_list>

namespace heddle::bytecode {
namespace {

struct Site {
    const mp_obj_fun_bc_t& function;
    const byte* ip;
    const mp_obj_t* sp;
};

std::size_t argument_of(const Site& site) noexcept { return mp_decode_uint_value(site.ip + 1); }

qstr name_of(const Site& site) noexcept {
    return site.function.context->constants.qstr_table[argument_of(site)];
}

qstr type_name(mp_obj_t object) noexcept { return mp_obj_get_type(object)->name; }

bool is_integer(mp_obj_t object) noexcept { return mp_obj_is_int(object) || mp_obj_is_bool(object); }

bool is_big_integer(mp_obj_t object) noexcept {
    return mp_obj_is_int(object) && !mp_obj_is_small_int(object);
}

bool is_type_of(mp_obj_t object, std::initializer_list<const mp_obj_type_t*> types) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(object);
    for (const mp_obj_type_t* each : types) {
        if (type == each) {
            return true;
        }
    }
    return false;
}

bool is_text(mp_obj_t object) noexcept { return is_type_of(object, {&mp_type_str, &mp_type_bytes}); }

bool is_buffer(mp_obj_t object) noexcept {
    return is_type_of(object, {&mp_type_bytearray, &mp_type_array, &mp_type_memoryview});
}

bool is_sequence(mp_obj_t object) noexcept {
    return is_text(object) || is_buffer(object) || is_type_of(object, {&mp_type_list, &mp_type_tuple});
}

// ---- operators

constexpr const char* kUnaryOperators[] = {"+", "-", "~", "not"};
constexpr const char* kComparisons[] = {"<", ">", "==", "<=", ">=", "!=", "in", "is", "except"};
// In place and not, in the same order.
constexpr const char* kOperators[] = {"|", "^", "&", "<<", ">>", "+", "-", "*", "@", "//", "/", "%", "**"};
constexpr const char* kInPlaceOperators[] = {
    "|=", "^=", "&=", "<<=", ">>=", "+=", "-=", "*=", "@=", "//=", "/=", "%=", "**="};

struct Operator {
    const char* text;
    // As if not in place.
    mp_binary_op_t kind;
    bool in_place;
};

Operator operator_at(const byte* ip) noexcept {
    const int number = *ip - MP_BC_BINARY_OP_MULTI;
    if (number < MP_BINARY_OP_INPLACE_OR) {
        return {kComparisons[number], static_cast<mp_binary_op_t>(number), false};
    }
    if (number < MP_BINARY_OP_OR) {
        const int place = number - MP_BINARY_OP_INPLACE_OR;
        return {kInPlaceOperators[place], static_cast<mp_binary_op_t>(MP_BINARY_OP_OR + place), true};
    }
    return {kOperators[number - MP_BINARY_OP_OR], static_cast<mp_binary_op_t>(number), false};
}

bool is_negative(mp_obj_t integer) noexcept {
    return mp_obj_is_small_int(integer) && MP_OBJ_SMALL_INT_VALUE(integer) < 0;
}

void describe_integers(Explanation& explanation, const Operator& op, mp_obj_t left, mp_obj_t right) noexcept {
    if (op.kind == MP_BINARY_OP_TRUE_DIVIDE) {
        describe(explanation, Need::kDivision, op.text);
    } else if (op.kind == MP_BINARY_OP_POWER && is_negative(right)) {
        describe(explanation, Need::kFloat, op.text);
    } else {
        const bool big = is_big_integer(left) || is_big_integer(right);
        describe(explanation, big ? Need::kBigOperand : Need::kBigInteger, op.text);
    }
}

void describe_sequence(Explanation& explanation, const Operator& op, mp_obj_t sequence) noexcept {
    if (op.kind == MP_BINARY_OP_MODULO && is_text(sequence)) {
        describe(explanation, Need::kFormat, op.text);
    } else if (op.in_place && !is_text(sequence)) {
        describe(explanation, Need::kGrowSequence, type_name(sequence), op.text);
    } else {
        const bool fixed = is_text(sequence) || is_buffer(sequence);
        describe(explanation, fixed ? Need::kJoin : Need::kNewContainer, type_name(sequence), op.text);
    }
}

void binary_operator(Explanation& explanation, const Site& site) noexcept {
    const Operator op = operator_at(site.ip);
    if (site.sp == nullptr || op.kind < MP_BINARY_OP_OR) {
        describe(explanation, Need::kOperator, op.text);
        return;
    }
    const mp_obj_t left = site.sp[-1];
    const mp_obj_t right = site.sp[0];
    if (is_sequence(left)) {
        describe_sequence(explanation, op, left);
    } else if (is_sequence(right)) {
        describe_sequence(explanation, op, right);
    } else if (is_integer(left) && is_integer(right)) {
        describe_integers(explanation, op, left, right);
    } else if (mp_obj_is_float(left) || mp_obj_is_float(right)) {
        const bool divides = op.kind == MP_BINARY_OP_TRUE_DIVIDE;
        describe(explanation, divides ? Need::kDivision : Need::kFloat, op.text);
    } else if (is_type_of(left, {&mp_type_set, &mp_type_frozenset, &mp_type_dict})) {
        describe(explanation, Need::kNewContainer, type_name(left), op.text);
    } else {
        describe(explanation, Need::kOperator, op.text);
    }
}

void unary_operator(Explanation& explanation, const Site& site) noexcept {
    const char* text = kUnaryOperators[*site.ip - MP_BC_UNARY_OP_MULTI];
    if (site.sp != nullptr && mp_obj_is_float(site.sp[0])) {
        describe(explanation, Need::kFloat, text);
    } else if (site.sp != nullptr && is_integer(site.sp[0])) {
        describe(explanation, Need::kBigInteger, text);
    } else {
        describe(explanation, Need::kOperator, text);
    }
}

// ---- attributes, items, names

// mp_obj_type_t of a user's class is one of a built-in type too.
const mp_obj_type_t* as_type(mp_obj_t object) noexcept {
    return mp_obj_is_type(object, &mp_type_type) ? static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(object))
                                                 : nullptr;
}

bool binds_self(mp_obj_t member) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(member);
    return type == &mp_type_classmethod || (type->flags & MP_TYPE_FLAG_BINDS_SELF) != 0;
}

void read_attribute(Explanation& explanation, const Site& site) noexcept {
    const mp_obj_t object = site.sp[0];
    const qstr name = name_of(site);
    const mp_obj_type_t* type = as_type(object);
    const mp_obj_t of_type = type == nullptr ? MP_OBJ_NULL : find_in_type(type, name);
    if (of_type != MP_OBJ_NULL && binds_self(of_type)) {
        if (mp_obj_is_type(of_type, &mp_type_classmethod)) {
            describe(explanation, Need::kBoundMethod, qstr{type->name}, name);
        } else {
            describe(explanation, Need::kMethodOfType, name);
        }
        return;
    }
    const mp_obj_t method = find_in_type(mp_obj_get_type(object), name);
    const bool bound = method != MP_OBJ_NULL && binds_self(method);
    describe(explanation, bound ? Need::kBoundMethod : Need::kNamedAttribute, type_name(object), name);
}

// The interpreter has overwritten the object by then.
void load_method(Explanation& explanation, const Site& site) noexcept {
    describe(explanation, Need::kMethodOfType, name_of(site));
}

void write_attribute(Explanation& explanation, const Site& site) noexcept {
    describe(explanation, Need::kNewAttribute, name_of(site), type_name(site.sp[0]));
}

void write_name(Explanation& explanation, const Site& site) noexcept {
    describe(explanation, Need::kNewGlobal, name_of(site));
}

bool holds_floats(mp_obj_t buffer) noexcept {
    const auto* array = static_cast<const mp_obj_array_t*>(MP_OBJ_TO_PTR(buffer));
    const std::size_t code = array->typecode & ~std::size_t{MP_OBJ_ARRAY_TYPECODE_FLAG_RW};
    return code == 'f' || code == 'd';
}

void describe_slice(Explanation& explanation, mp_obj_t base) noexcept {
    const bool viewable = is_buffer(base) || mp_obj_is_type(base, &mp_type_bytes);
    describe(explanation, viewable ? Need::kBufferSlice : Need::kSliceOf, type_name(base));
}

void read_item(Explanation& explanation, const Site& site) noexcept {
    const mp_obj_t base = site.sp[-1];
    if (mp_obj_is_type(site.sp[0], &mp_type_slice)) {
        describe_slice(explanation, base);
    } else if (is_buffer(base)) {
        describe(explanation, holds_floats(base) ? Need::kFloatItem : Need::kBigItem, type_name(base));
    } else if (mp_obj_is_str(base)) {
        describe(explanation, Need::kCharacter);
    }
}

void write_item(Explanation& explanation, const Site& site) noexcept {
    if (mp_obj_is_type(site.sp[-1], &mp_type_dict)) {
        describe(explanation, Need::kNewKey);
    } else if (site.sp[-2] == MP_OBJ_NULL) {
        describe(explanation, Need::kDeleteItem);
    }
}

void build_slice(Explanation& explanation, const Site& site) noexcept {
    const byte next = site.ip[2];
    if (next == MP_BC_LOAD_SUBSCR || next == MP_BC_STORE_SUBSCR) {
        const int bounds = site.ip[1];
        describe_slice(explanation, site.sp[-bounds]);
    }
}

// ---- loops and functions

void next_item(Explanation& explanation, const Site& site) noexcept {
    const mp_obj_t* slots = site.sp - MP_OBJ_ITER_BUF_NSLOTS + 1;
    const mp_obj_t iterator = slots[0] == MP_OBJ_NULL ? slots[1] : MP_OBJ_FROM_PTR(slots);
    if (is_type_of(iterator, {&mp_type_enumerate, &mp_type_map, &mp_type_zip, &mp_type_filter})) {
        describe(explanation, Need::kNextItemOf, type_name(iterator));
    }
}

void describe_definition(Explanation& explanation, qstr name) noexcept {
    const char* text = qstr_str(name);
    if (std::strcmp(text, "<genexpr>") == 0) {
        describe(explanation, Need::kComprehension, "generator expression");
    } else if (text[0] == '<' && std::strcmp(text, "<lambda>") != 0) {
        describe(explanation, Need::kComprehension, "comprehension");
    } else {
        describe(explanation, Need::kNamedFunction, name);
    }
}

void make_function(Explanation& explanation, const Site& site) noexcept {
    const mp_raw_code_t* code = site.function.child_table[argument_of(site)];
    if (site.sp != nullptr && site.sp[0] == MP_OBJ_FROM_PTR(&mp_builtin___build_class___obj)) {
        describe(explanation, Need::kClass);
    } else if (code->kind != MP_CODE_BYTECODE) {
        describe(explanation, Need::kFunction);
    } else {
        describe_definition(explanation,
                            function_name(static_cast<const byte*>(code->fun_data), *site.function.context));
    }
}

void raise_object(Explanation& explanation, const Site& site) noexcept {
    const mp_obj_type_t* type = as_type(site.sp[0]);
    if (type != nullptr) {
        describe(explanation, Need::kInstance, qstr{type->name});
    }
}

void call(Explanation& explanation, const Site& site) noexcept {
    const std::size_t counts = argument_of(site);
    const std::size_t positional = counts & 0xff;
    const std::size_t keywords = (counts >> 8) & 0xff;
    const mp_obj_t* last_free = site.sp - positional - 2 * keywords;
    if (*site.ip == MP_BC_CALL_METHOD) {
        describe_call(explanation, {last_free[-1], last_free[0], positional});
    } else {
        describe_call(explanation, {last_free[0], MP_OBJ_NULL, positional});
    }
}

// ---- the table

struct Row {
    byte opcode;
    // Takes no arguments.
    Need need;
    bool reads_stack;
    // Says more where it can.
    void (*decode)(Explanation& explanation, const Site& site) noexcept;
};

constexpr Row kRows[] = {
    {MP_BC_LOAD_ATTR, Need::kReadAttribute, true, read_attribute},
    {MP_BC_LOAD_METHOD, Need::kReadAttribute, false, load_method},
    {MP_BC_LOAD_SUPER_METHOD, Need::kReadAttribute, false, nullptr},
    {MP_BC_STORE_ATTR, Need::kStoreAttribute, true, write_attribute},
    {MP_BC_LOAD_SUBSCR, Need::kItem, true, read_item},
    {MP_BC_STORE_SUBSCR, Need::kStoreItem, true, write_item},
    {MP_BC_STORE_NAME, Need::kStoreName, false, write_name},
    {MP_BC_STORE_GLOBAL, Need::kStoreName, false, write_name},
    {MP_BC_BUILD_SLICE, Need::kSlice, true, build_slice},
    {MP_BC_BUILD_TUPLE, Need::kTuple, false, nullptr},
    {MP_BC_BUILD_LIST, Need::kList, false, nullptr},
    {MP_BC_BUILD_MAP, Need::kDict, false, nullptr},
    {MP_BC_BUILD_SET, Need::kSet, false, nullptr},
    {MP_BC_STORE_MAP, Need::kDict, false, nullptr},
    {MP_BC_STORE_COMP, Need::kComprehensionItem, false, nullptr},
    {MP_BC_UNPACK_SEQUENCE, Need::kUnpacking, false, nullptr},
    {MP_BC_UNPACK_EX, Need::kStarredName, false, nullptr},
    {MP_BC_GET_ITER, Need::kIterator, false, nullptr},
    {MP_BC_GET_ITER_STACK, Need::kLoopStart, false, nullptr},
    {MP_BC_FOR_ITER, Need::kNextItem, true, next_item},
    {MP_BC_YIELD_FROM, Need::kDelegation, false, nullptr},
    {MP_BC_MAKE_FUNCTION, Need::kFunction, false, make_function},
    {MP_BC_MAKE_FUNCTION_DEFARGS, Need::kFunction, false, make_function},
    {MP_BC_MAKE_CLOSURE, Need::kFunction, false, make_function},
    {MP_BC_MAKE_CLOSURE_DEFARGS, Need::kFunction, false, make_function},
    {MP_BC_CALL_FUNCTION, Need::kCall, true, call},
    {MP_BC_CALL_METHOD, Need::kCall, true, call},
    {MP_BC_CALL_FUNCTION_VAR_KW, Need::kStarCall, false, nullptr},
    {MP_BC_CALL_METHOD_VAR_KW, Need::kStarCall, false, nullptr},
    {MP_BC_SETUP_WITH, Need::kWith, false, nullptr},
    {MP_BC_WITH_CLEANUP, Need::kWith, false, nullptr},
    {MP_BC_RAISE_OBJ, Need::kRaise, true, raise_object},
    {MP_BC_RAISE_FROM, Need::kRaise, false, nullptr},
    {MP_BC_IMPORT_NAME, Need::kImport, false, nullptr},
    {MP_BC_IMPORT_FROM, Need::kImport, false, nullptr},
    {MP_BC_IMPORT_STAR, Need::kImport, false, nullptr},
};

Row row_of(byte opcode) noexcept {
    if (opcode >= MP_BC_BINARY_OP_MULTI && opcode < MP_BC_BINARY_OP_MULTI + MP_BC_BINARY_OP_MULTI_NUM) {
        return {opcode, Need::kUnknown, false, binary_operator};
    }
    if (opcode >= MP_BC_UNARY_OP_MULTI && opcode < MP_BC_UNARY_OP_MULTI + MP_BC_UNARY_OP_MULTI_NUM) {
        return {opcode, Need::kUnknown, false, unary_operator};
    }
    for (const Row& row : kRows) {
        if (row.opcode == opcode) {
            return row;
        }
    }
    return {opcode, Need::kUnknown, false, nullptr};
}

}  // namespace

void describe_opcode(Explanation& explanation, const mp_obj_fun_bc_t& function, const byte* ip,
                     const mp_obj_t* sp) noexcept {
    const Row row = row_of(*ip);
    describe(explanation, row.need);
    if (row.decode != nullptr && (sp != nullptr || !row.reads_stack)) {
        row.decode(explanation, {function, ip, sp});
    }
}

}  // namespace heddle::bytecode
