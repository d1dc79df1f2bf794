// What each opcode touches.
#include "bytecode/accesses.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "bytecode/access_calls.hpp"
#include "bytecode/access_keys.hpp"
#include "bytecode/access_objects.hpp"
#include "bytecode/access_operators.hpp"
#include "bytecode/access_places.hpp"
#include "bytecode/upstream_layouts.hpp"

extern "C" {
#include "py/bc0.h"
#include "py/objfun.h"
#include "py/objmodule.h"
#include "py/objtype.h"
#include "py/runtime0.h"
}

namespace heddle::bytecode {
namespace {

struct Site {
    const mp_code_state_t& code;
    const byte* ip;
    const mp_obj_t* sp;
};

using Decoder = void (*)(Accesses& out, const Site& site) noexcept;

std::size_t argument_of(const Site& site) noexcept { return mp_decode_uint_value(site.ip + 1); }

qstr name_of(const Site& site) noexcept {
    return site.code.fun_bc->context->constants.qstr_table[argument_of(site)];
}

// ---- names and cells

const mp_obj_dict_t& globals() noexcept { return *mp_globals_get(); }

void load_global(Accesses& out, const Site& site) noexcept { read_name(out, globals(), name_of(site)); }

void store_global(Accesses& out, const Site& site) noexcept { write_name(out, globals(), name_of(site)); }

void delete_global(Accesses& out, const Site& site) noexcept { delete_name(out, globals(), name_of(site)); }

void load_name(Accesses& out, const Site& site) noexcept {
    const qstr name = name_of(site);
    const mp_obj_t locals = MP_OBJ_FROM_PTR(mp_locals_get());
    read_name(out, *mp_locals_get(), name);
    if (!has_key(locals, MP_OBJ_NEW_QSTR(name))) {
        read_name(out, globals(), name);
    }
}

void store_name(Accesses& out, const Site& site) noexcept {
    write_name(out, *mp_locals_get(), name_of(site));
}

void delete_local_name(Accesses& out, const Site& site) noexcept {
    delete_name(out, *mp_locals_get(), name_of(site));
}

mp_obj_t cell_of(const Site& site) noexcept {
    return site.code.state[site.code.n_state - 1 - argument_of(site)];
}

void load_cell(Accesses& out, const Site& site) noexcept { touch_cell(out, Mode::read, cell_of(site)); }

void store_cell(Accesses& out, const Site& site) noexcept { touch_cell(out, Mode::write, cell_of(site)); }

// ---- attributes and items

// Any memory at all: a struct of uctypes, machine.mem32.
bool is_raw_memory(mp_obj_t object) noexcept {
    const mp_obj_type_t* type = mp_obj_get_type(object);
    return !mp_obj_is_instance_type(type) && (type->name == MP_QSTR_struct || type->name == MP_QSTR_mem);
}

void load_attr(Accesses& out, const Site& site) noexcept {
    out.unknown = is_raw_memory(site.sp[0]);
    load_attribute(out, site.sp[0], name_of(site));
}

// The stack holds the class and the instance.
void load_super_method(Accesses& out, const Site& site) noexcept {
    if (mp_obj_is_type(site.sp[-1], &mp_type_type)) {
        read_bases(out, static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(site.sp[-1])), name_of(site));
    }
}

void store_attr(Accesses& out, const Site& site) noexcept {
    out.unknown = is_raw_memory(site.sp[0]);
    if (site.sp[-1] == MP_OBJ_NULL) {
        delete_attribute(out, site.sp[0], name_of(site));
    } else {
        store_attribute(out, site.sp[0], name_of(site));
    }
}

void load_item(Accesses& out, const Site& site) noexcept {
    out.unknown = is_raw_memory(site.sp[-1]);
    read_item(out, site.sp[-1], site.sp[0]);
}

void store_item(Accesses& out, const Site& site) noexcept {
    out.unknown = is_raw_memory(site.sp[-1]);
    if (site.sp[-2] == MP_OBJ_NULL) {
        delete_item(out, site.sp[-1], site.sp[0]);
    } else {
        write_item(out, site.sp[-1], site.sp[0]);
        if (mp_obj_is_type(site.sp[0], &mp_type_slice)) {
            consume(out, site.sp[-2]);
        }
    }
}

// ---- iteration

void unpack(Accesses& out, const Site& site) noexcept { consume(out, site.sp[0]); }

void get_iterator(Accesses& out, const Site& site) noexcept {
    const mp_obj_t object = site.sp[0];
    if (mp_obj_is_obj(object) && mp_obj_is_instance_type(mp_obj_get_type(object))) {
        read_class(out, mp_obj_get_type(object), MP_QSTR___iter__);
    }
}

void next_item(Accesses& out, const Site& site) noexcept {
    const LoopIterator iterator = loop_iterator_of(site.sp);
    next_of(out, iterator.object, iterator.is_on_stack);
}

/// Whether the generator runs is part of its state: who asks it for an item meanwhile gets an exception.
void touch_running(Accesses& out, const mp_code_state_t& code) noexcept {
    const byte* start = reinterpret_cast<const byte*>(&code) - offsetof(Generator, code);
    touch_state(out, Mode::write, PlaceKind::state, MP_OBJ_FROM_PTR(start));
}

void touch_rest_of_caller(Accesses& out, const mp_code_state_t& code) noexcept;

void yield_value(Accesses& out, const Site& site) noexcept {
    touch_running(out, site.code);
    touch_rest_of_caller(out, site.code);
}

void yield_from(Accesses& out, const Site& site) noexcept {
    touch_running(out, site.code);
    next_of(out, site.sp[-1], false);
}

void return_value(Accesses& out, const Site& site) noexcept {
    const byte* ip = site.code.fun_bc->bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    if ((scope_flags & MP_SCOPE_FLAG_GENERATOR) != 0) {
        touch_running(out, site.code);
    }
    touch_rest_of_caller(out, site.code);
}

// ---- operators

void operate(Accesses& out, const Site& site) noexcept {
    binary_operator(out, static_cast<mp_binary_op_t>(*site.ip - MP_BC_BINARY_OP_MULTI), site.sp[-1],
                    site.sp[0]);
}

void negate(Accesses& out, const Site& site) noexcept { ask_truth(out, site.sp[0]); }

// ---- calls

struct Counts {
    std::size_t positional;
    std::size_t keywords;
};

Counts counts_of(const Site& site) noexcept {
    const std::size_t counts = argument_of(site);
    return {counts & 0xff, (counts >> 8) & 0xff};
}

void call_function(Accesses& out, const Site& site) noexcept {
    const Counts counts = counts_of(site);
    const mp_obj_t* function = site.sp - counts.positional - 2 * counts.keywords;
    const mp_obj_t* first = function + 1;
    touch_call(out, function[0], MP_OBJ_NULL,
               {first, counts.positional, first + counts.positional, counts.keywords});
}

void call_method(Accesses& out, const Site& site) noexcept {
    const Counts counts = counts_of(site);
    const mp_obj_t* self = site.sp - counts.positional - 2 * counts.keywords;
    const mp_obj_t* first = self + 1;
    touch_call(out, self[-1], self[0],
               {first, counts.positional, first + counts.positional, counts.keywords});
}

// Arguments with stars in front, taken apart into an array.
struct Spread {
    static constexpr std::size_t kMost = 16;
    mp_obj_t positional[kMost];
    std::size_t count = 0;

    void add(mp_obj_t argument) noexcept {
        if (count < kMost) {
            positional[count++] = argument;
        }
    }
};

void add_starred(Accesses& out, Spread& spread, mp_obj_t iterable) noexcept {
    const bool is_list = container_of(iterable).family == Family::list;
    consume(out, iterable);
    if (!is_list && !mp_obj_is_type(iterable, &mp_type_tuple)) {
        return;
    }
    std::size_t count = 0;
    mp_obj_t* items = nullptr;
    mp_obj_get_array(is_list ? container_of(iterable).object : iterable, &count, &items);
    for (std::size_t i = 0; i < count; ++i) {
        spread.add(items[i]);
    }
}

/// `first`: the first argument; behind the last one stands which have a star.
void call_spread(Accesses& out, const Site& site, mp_obj_t function, mp_obj_t self,
                 const mp_obj_t* first) noexcept {
    const Counts counts = counts_of(site);
    const auto starred = static_cast<mp_uint_t>(MP_OBJ_SMALL_INT_VALUE(site.sp[0]));
    Spread spread;
    for (std::size_t i = 0; i < counts.positional; ++i) {
        if ((starred >> i & 1) != 0) {
            add_starred(out, spread, first[i]);
        } else {
            spread.add(first[i]);
        }
    }
    const mp_obj_t* keywords = first + counts.positional;
    for (std::size_t i = 0; i < counts.keywords; ++i) {
        if (keywords[2 * i] == MP_OBJ_NULL) {
            read_all(out, keywords[2 * i + 1]);
        }
    }
    touch_call(out, function, self, {spread.positional, spread.count, keywords, counts.keywords});
}

void call_function_spread(Accesses& out, const Site& site) noexcept {
    const Counts counts = counts_of(site);
    const mp_obj_t* function = site.sp - counts.positional - 2 * counts.keywords - 1;
    call_spread(out, site, function[0], MP_OBJ_NULL, function + 1);
}

void call_method_spread(Accesses& out, const Site& site) noexcept {
    const Counts counts = counts_of(site);
    const mp_obj_t* self = site.sp - counts.positional - 2 * counts.keywords - 1;
    call_spread(out, site, self[-1], self[0], self + 1);
}

// ---- with

void enter_with(Accesses& out, const Site& site) noexcept {
    const mp_obj_t object = site.sp[0];
    if (mp_obj_is_obj(object) && mp_obj_is_instance_type(mp_obj_get_type(object))) {
        read_class(out, mp_obj_get_type(object), MP_QSTR___exit__);
    }
    touch_special_method(out, object, MP_QSTR___enter__);
}

// Above __exit__ and its object: None, an exception, or two slots of a jump out of the block.
void leave_with(Accesses& out, const Site& site) noexcept {
    const mp_obj_t* exit = mp_obj_is_small_int(site.sp[0]) ? site.sp - 3 : site.sp - 2;
    touch_call(out, exit[0], exit[1], {nullptr, 0, nullptr, 0});
}

// ---- modules

bool is_builtin_module(qstr name) noexcept {
    return value_of_name(mp_builtin_module_map, name) != MP_OBJ_NULL ||
           value_of_name(mp_builtin_extensible_module_map, name) != MP_OBJ_NULL;
}

void import_module(Accesses& out, const Site& site) noexcept {
    const mp_obj_dict_t& loaded = MP_STATE_VM(mp_loaded_modules_dict);
    const qstr name = name_of(site);
    if (has_key(MP_OBJ_FROM_PTR(&loaded), MP_OBJ_NEW_QSTR(name))) {
        read_name(out, loaded, name);
    } else if (!is_builtin_module(name)) {
        write_name(out, loaded, name);
        touch(out, Mode::write, PlaceKind::outside);
    }
}

void import_all(Accesses& out, const Site& site) noexcept {
    read_attribute_names(out, site.sp[0]);
    out.unknown = true;
}

// ---- the table

constexpr std::array<Decoder, 256> make_table() noexcept {
    std::array<Decoder, 256> table{};
    table[MP_BC_LOAD_DEREF] = load_cell;
    table[MP_BC_STORE_DEREF] = store_cell;
    table[MP_BC_DELETE_DEREF] = store_cell;
    table[MP_BC_LOAD_NAME] = load_name;
    table[MP_BC_STORE_NAME] = store_name;
    table[MP_BC_DELETE_NAME] = delete_local_name;
    table[MP_BC_LOAD_GLOBAL] = load_global;
    table[MP_BC_STORE_GLOBAL] = store_global;
    table[MP_BC_DELETE_GLOBAL] = delete_global;
    table[MP_BC_LOAD_ATTR] = load_attr;
    table[MP_BC_LOAD_METHOD] = load_attr;
    table[MP_BC_LOAD_SUPER_METHOD] = load_super_method;
    table[MP_BC_STORE_ATTR] = store_attr;
    table[MP_BC_LOAD_SUBSCR] = load_item;
    table[MP_BC_STORE_SUBSCR] = store_item;
    table[MP_BC_UNPACK_SEQUENCE] = unpack;
    table[MP_BC_UNPACK_EX] = unpack;
    table[MP_BC_GET_ITER] = get_iterator;
    table[MP_BC_GET_ITER_STACK] = get_iterator;
    table[MP_BC_FOR_ITER] = next_item;
    table[MP_BC_YIELD_VALUE] = yield_value;
    table[MP_BC_YIELD_FROM] = yield_from;
    table[MP_BC_RETURN_VALUE] = return_value;
    table[MP_BC_POP_JUMP_IF_TRUE] = negate;
    table[MP_BC_POP_JUMP_IF_FALSE] = negate;
    table[MP_BC_JUMP_IF_TRUE_OR_POP] = negate;
    table[MP_BC_JUMP_IF_FALSE_OR_POP] = negate;
    table[MP_BC_CALL_FUNCTION] = call_function;
    table[MP_BC_CALL_METHOD] = call_method;
    table[MP_BC_CALL_FUNCTION_VAR_KW] = call_function_spread;
    table[MP_BC_CALL_METHOD_VAR_KW] = call_method_spread;
    table[MP_BC_SETUP_WITH] = enter_with;
    table[MP_BC_WITH_CLEANUP] = leave_with;
    table[MP_BC_IMPORT_NAME] = import_module;
    table[MP_BC_IMPORT_FROM] = load_attr;
    table[MP_BC_IMPORT_STAR] = import_all;
    table[MP_BC_UNARY_OP_MULTI + MP_UNARY_OP_NOT] = negate;
    for (std::size_t i = 0; i < MP_BC_BINARY_OP_MULTI_NUM; ++i) {
        table[MP_BC_BINARY_OP_MULTI + i] = operate;
    }
    return table;
}

constexpr std::array<Decoder, 256> kDecoders = make_table();

// ---- code in C between two functions in Python

/// Is it C that goes on when a function in Python returns? Not where that is what the opcode called.
bool runs_in_c(const mp_code_state_t& code, const byte* ip, const mp_obj_t* sp) noexcept {
    const Site site{code, ip, sp};
    const auto is_c = [](const mp_obj_t* function) { return calls_c(*function); };
    switch (*ip) {
        case MP_BC_CALL_FUNCTION:
            return is_c(sp - counts_of(site).positional - 2 * counts_of(site).keywords);
        case MP_BC_CALL_FUNCTION_VAR_KW:
        case MP_BC_CALL_METHOD:
            return is_c(sp - counts_of(site).positional - 2 * counts_of(site).keywords - 1);
        case MP_BC_CALL_METHOD_VAR_KW:
            return is_c(sp - counts_of(site).positional - 2 * counts_of(site).keywords - 2);
        case MP_BC_FOR_ITER:  // of zip() or filter(): others ask an iterator in Python once
            return iterator_of(loop_iterator_of(sp).object).kind == IteratorKind::wrapper;
        case MP_BC_UNPACK_SEQUENCE:
        case MP_BC_UNPACK_EX:
            return true;
        default:
            return *ip >= MP_BC_BINARY_OP_MULTI && *ip < MP_BC_BINARY_OP_MULTI + MP_BC_BINARY_OP_MULTI_NUM;
    }
}

void touch_rest_of_caller(Accesses& out, const mp_code_state_t& code) noexcept {
    const mp_code_state_t* caller = code.prev_state;
    if (caller == nullptr || caller->sp < caller->state || kDecoders[*caller->ip] == nullptr ||
        !runs_in_c(*caller, caller->ip, caller->sp)) {
        return;
    }
    kDecoders[*caller->ip](out, {*caller, caller->ip, caller->sp});
}

// Those that handle the frame's own: its locals, its stack, its blocks.
constexpr byte kOwn[] = {MP_BC_LOAD_CONST_FALSE,
                         MP_BC_LOAD_CONST_NONE,
                         MP_BC_LOAD_CONST_TRUE,
                         MP_BC_LOAD_CONST_SMALL_INT,
                         MP_BC_LOAD_CONST_STRING,
                         MP_BC_LOAD_CONST_OBJ,
                         MP_BC_LOAD_NULL,
                         MP_BC_LOAD_FAST_N,
                         MP_BC_STORE_FAST_N,
                         MP_BC_DELETE_FAST,
                         MP_BC_DUP_TOP,
                         MP_BC_DUP_TOP_TWO,
                         MP_BC_POP_TOP,
                         MP_BC_ROT_TWO,
                         MP_BC_ROT_THREE,
                         MP_BC_UNWIND_JUMP,
                         MP_BC_JUMP,
                         MP_BC_SETUP_EXCEPT,
                         MP_BC_SETUP_FINALLY,
                         MP_BC_POP_EXCEPT_JUMP};

}  // namespace

bool may_touch(const byte* ip) noexcept {
    const bool is_of_many = *ip >= MP_BC_LOAD_CONST_SMALL_INT_MULTI && *ip < MP_BC_UNARY_OP_MULTI;
    return !is_of_many && std::find(std::begin(kOwn), std::end(kOwn), *ip) == std::end(kOwn);
}

bool accesses_of(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp, Accesses& out) noexcept {
    const Decoder decode = kDecoders[*ip];
    if (decode == nullptr) {
        return false;
    }
    const_cast<mp_code_state_t*>(code)->sp = const_cast<mp_obj_t*>(sp);
    out.count = 0;
    out.unknown = false;
    out.varies = false;
    decode(out, {*code, ip, sp});
    if (out.unknown) {
        out.list[out.count++] = access_of_anything();
    }
    if (out.count != 0) {
        out.list[0].varies = out.varies;
    }
    return out.count != 0;
}

}  // namespace heddle::bytecode
