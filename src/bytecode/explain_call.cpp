// What a call was about to do when it needed the heap.
#include <cstring>

#include "bytecode/explain_needs.hpp"
#include "bytecode/upstream_layouts.hpp"

extern "C" {
#include "py/objmodule.h"
#include "py/objtype.h"
#include "py/runtime0.h"
}

namespace heddle::bytecode {
namespace {

struct Known {
    // ".name" is a method of any type, "name." everything of a module or a type.
    const char* name;
    Need need;
};

// The first that fits counts.
constexpr Known kKnown[] = {
    {"__build_class__", Need::kClass},
    {"super", Need::kSuper},
    {"float", Need::kFloatCall},
    {"time.time", Need::kFloatCall},
    {"time.time_ns", Need::kIntegerCall},
    {"time.localtime", Need::kTupleCall},
    {"time.gmtime", Need::kTupleCall},
    {"abs", Need::kNumberCall},
    {"max", Need::kNumberCall},
    {"min", Need::kNumberCall},
    {"pow", Need::kNumberCall},
    {"round", Need::kNumberCall},
    {"sum", Need::kNumberCall},
    {"math.", Need::kFloatCall},
    {"random.random", Need::kFloatCall},
    {"random.uniform", Need::kFloatCall},
    {"int", Need::kIntegerCall},
    {"int.from_bytes", Need::kIntegerCall},
    {"random.getrandbits", Need::kIntegerCall},
    {"str.format", Need::kFormatCall},
    {"str.encode", Need::kCopyCall},
    {"bytes.decode", Need::kTextCall},
    {"str.split", Need::kCopyCall},
    {"str.", Need::kTextCall},
    {"str", Need::kTextCall},
    {"repr", Need::kTextCall},
    {"hex", Need::kTextCall},
    {"bin", Need::kTextCall},
    {"oct", Need::kTextCall},
    {"chr", Need::kTextCall},
    {"input", Need::kTextCall},
    {"json.dumps", Need::kTextCall},
    {"int.to_bytes", Need::kPackCall},
    {"struct.pack", Need::kPackCall},
    {"struct.unpack", Need::kTupleCall},
    {"struct.unpack_from", Need::kTupleCall},
    {"divmod", Need::kTupleCall},
    {".append", Need::kGrowCall},
    {".extend", Need::kGrowCall},
    {".insert", Need::kGrowCall},
    {".add", Need::kGrowKeysCall},
    {".update", Need::kGrowKeysCall},
    {".setdefault", Need::kGrowKeysCall},
    {"list.pop", Need::kShrinkCall},
    {"list.remove", Need::kShrinkCall},
    {"list.clear", Need::kShrinkCall},
    {".copy", Need::kCopyCall},
    {"sorted", Need::kCopyCall},
    {".keys", Need::kIteratorCall},
    {".values", Need::kIteratorCall},
    {".items", Need::kIteratorCall},
    {"enumerate", Need::kIteratorCall},
    {"zip", Need::kIteratorCall},
    {"map", Need::kIteratorCall},
    {"filter", Need::kIteratorCall},
    {"range", Need::kIteratorCall},
    {"reversed", Need::kIteratorCall},
    {"iter", Need::kIteratorCall},
    {".read", Need::kReadCall},
    {".readline", Need::kReadCall},
    {".recv", Need::kReadCall},
    {".readfrom", Need::kReadCall},
    {".readfrom_mem", Need::kReadCall},
};

bool ends_with(const char* text, const char* end) noexcept {
    const std::size_t length = std::strlen(text);
    const std::size_t end_length = std::strlen(end);
    return length >= end_length && std::strcmp(text + length - end_length, end) == 0;
}

bool fits(const Known& known, const char* name) noexcept {
    const std::size_t length = std::strlen(known.name);
    if (known.name[0] == '.') {
        return ends_with(name, known.name);
    }
    if (known.name[length - 1] == '.') {
        return std::strncmp(name, known.name, length) == 0;
    }
    return std::strcmp(name, known.name) == 0;
}

Need need_of(const char* name, Need otherwise) noexcept {
    for (const Known& known : kKnown) {
        if (fits(known, name)) {
            return known.need;
        }
    }
    return otherwise;
}

// ---- the names of built-in functions, which do not know their own

constexpr qstr kNoName = MP_QSTRnull;

// The function itself, or the class or static method around it.
bool holds(mp_obj_t value, mp_obj_t function) noexcept {
    if (value == function) {
        return true;
    }
    if (!mp_obj_is_type(value, &mp_type_classmethod) && !mp_obj_is_type(value, &mp_type_staticmethod)) {
        return false;
    }
    return static_cast<const mp_obj_static_class_method_t*>(MP_OBJ_TO_PTR(value))->fun == function;
}

qstr key_of(const mp_map_t& map, mp_obj_t function) noexcept {
    for (std::size_t i = 0; i < map.alloc; ++i) {
        if (mp_map_slot_is_filled(&map, i) && mp_obj_is_qstr(map.table[i].key) &&
            holds(map.table[i].value, function)) {
            return MP_OBJ_QSTR_VALUE(map.table[i].key);
        }
    }
    return kNoName;
}

mp_obj_t value_of(const mp_map_t& map, qstr name) noexcept {
    for (std::size_t i = 0; i < map.alloc; ++i) {
        if (mp_map_slot_is_filled(&map, i) && map.table[i].key == MP_OBJ_NEW_QSTR(name)) {
            return map.table[i].value;
        }
    }
    return MP_OBJ_NULL;
}

// Calls `visit(map)` for the members of the type, then for those of the types that it inherits, until it
// gives true.
template <class Visit>
bool visit_members(const mp_obj_type_t* type, const Visit& visit) noexcept {
    if (MP_OBJ_TYPE_HAS_SLOT(type, locals_dict) &&
        visit(static_cast<const mp_obj_dict_t*>(MP_OBJ_TYPE_GET_SLOT(type, locals_dict))->map)) {
        return true;
    }
    if (!MP_OBJ_TYPE_HAS_SLOT(type, parent)) {
        return false;
    }
    const auto* parent = static_cast<const mp_obj_base_t*>(MP_OBJ_TYPE_GET_SLOT(type, parent));
    if (parent->type != &mp_type_tuple) {
        return visit_members(reinterpret_cast<const mp_obj_type_t*>(parent), visit);
    }
    const auto* parents = reinterpret_cast<const mp_obj_tuple_t*>(parent);
    for (std::size_t i = 0; i < parents->len; ++i) {
        if (visit_members(static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(parents->items[i])), visit)) {
            return true;
        }
    }
    return false;
}

bool name_method(const Text& name, mp_obj_t self, mp_obj_t function) noexcept {
    const bool of_class = mp_obj_is_type(self, &mp_type_type);
    const auto* type =
        of_class ? static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(self)) : mp_obj_get_type(self);
    qstr found = kNoName;
    visit_members(type, [&](const mp_map_t& map) { return (found = key_of(map, function)) != kNoName; });
    if (found == kNoName) {
        return false;
    }
    mp_printf(name.print(), "%q.%q", qstr{type->name}, found);
    return true;
}

bool name_in_modules(const Text& name, const mp_map_t& modules, mp_obj_t function) noexcept {
    for (std::size_t i = 0; i < modules.alloc; ++i) {
        const auto* module = static_cast<const mp_obj_module_t*>(MP_OBJ_TO_PTR(modules.table[i].value));
        if (module->base.type != &mp_type_module) {
            continue;
        }
        const qstr found = key_of(module->globals->map, function);
        if (found != kNoName) {
            const qstr module_name = MP_OBJ_QSTR_VALUE(modules.table[i].key);
            mp_printf(name.print(), module_name == MP_QSTR_builtins ? "%q" : "%q.%q",
                      module_name == MP_QSTR_builtins ? found : module_name, found);
            return true;
        }
    }
    return false;
}

void describe_builtin(Explanation& explanation, const Call& call) noexcept {
    char buffer[48];
    const Text name(buffer, sizeof buffer);
    const bool named = (call.self != MP_OBJ_NULL && name_method(name, call.self, call.function)) ||
                       name_in_modules(name, mp_builtin_module_map, call.function) ||
                       name_in_modules(name, mp_builtin_extensible_module_map, call.function);
    if (named) {
        describe(explanation, need_of(buffer, Need::kNamedCall), static_cast<const char*>(buffer));
    } else {
        describe(explanation, Need::kCall);
    }
}

// ---- types, functions of bytecode

void describe_type_call(Explanation& explanation, const mp_obj_type_t* type) noexcept {
    if (mp_obj_is_instance_type(type)) {
        describe(explanation, Need::kInstance, qstr{type->name});
        return;
    }
    const char* name = qstr_str(type->name);
    const Need need = need_of(name, Need::kObject);
    if (need == Need::kObject) {
        describe(explanation, need, qstr{type->name});
    } else {
        describe(explanation, need, name);
    }
}

// Only what comes before its first opcode.
void describe_function(Explanation& explanation, const mp_obj_fun_bc_t& function,
                       std::size_t positional) noexcept {
    const byte* ip = function.bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    const qstr name = function_name(function.bytecode, *function.context);
    if (function.base.type == &mp_type_gen_wrap) {
        describe(explanation, Need::kGeneratorCall, name);
    } else if ((scope_flags & MP_SCOPE_FLAG_VARARGS) != 0 && positional > n_pos_args) {
        describe(explanation, Need::kExtraArguments, name);
    } else if ((scope_flags & MP_SCOPE_FLAG_VARKEYWORDS) != 0) {
        describe(explanation, Need::kKeywordArguments, name);
    } else if (n_cell != 0) {
        describe(explanation, Need::kSharedVariables, name);
    } else {
        describe(explanation, Need::kNamedCall, qstr_str(name));
    }
}

bool is_bytecode(mp_obj_t function) noexcept {
    return mp_obj_is_type(function, &mp_type_fun_bc) || mp_obj_is_type(function, &mp_type_gen_wrap);
}

// From a bound method to its method, with its self.
Call unbound(Call call) noexcept {
    while (mp_obj_is_type(call.function, &mp_type_bound_meth)) {
        const auto* bound = static_cast<const BoundMethod*>(MP_OBJ_TO_PTR(call.function));
        call.positional += call.self == MP_OBJ_NULL ? 0 : 1;
        call.function = bound->method;
        call.self = bound->self;
    }
    return call;
}

void describe_closure(Explanation& explanation, const Closure& closure, std::size_t positional) noexcept {
    // Up to so many arguments and variables go on the stack.
    constexpr std::size_t kOnStack = 5;
    const std::size_t total = closure.variables + positional;
    if (total > kOnStack || !is_bytecode(closure.function)) {
        describe(explanation, Need::kClosureCall);
    } else {
        describe_function(explanation, *static_cast<const mp_obj_fun_bc_t*>(MP_OBJ_TO_PTR(closure.function)),
                          total);
    }
}

}  // namespace

mp_obj_t find_in_type(const mp_obj_type_t* type, qstr name) noexcept {
    mp_obj_t found = MP_OBJ_NULL;
    visit_members(type, [&](const mp_map_t& map) { return (found = value_of(map, name)) != MP_OBJ_NULL; });
    return found;
}

const mp_obj_fun_bc_t* bytecode_function_of(mp_obj_t handler) noexcept {
    mp_obj_t function = unbound({handler, MP_OBJ_NULL, 0}).function;
    if (is_closure(function)) {
        function = static_cast<const Closure*>(MP_OBJ_TO_PTR(function))->function;
    }
    return is_bytecode(function) ? static_cast<const mp_obj_fun_bc_t*>(MP_OBJ_TO_PTR(function)) : nullptr;
}

void describe_call(Explanation& explanation, Call call) noexcept {
    call = unbound(call);
    const std::size_t positional = call.positional + (call.self == MP_OBJ_NULL ? 0 : 1);
    if (mp_obj_is_type(call.function, &mp_type_type)) {
        describe_type_call(explanation, static_cast<const mp_obj_type_t*>(MP_OBJ_TO_PTR(call.function)));
    } else if (is_bytecode(call.function)) {
        describe_function(explanation, *static_cast<const mp_obj_fun_bc_t*>(MP_OBJ_TO_PTR(call.function)),
                          positional);
    } else if (is_closure(call.function)) {
        describe_closure(explanation, *static_cast<const Closure*>(MP_OBJ_TO_PTR(call.function)), positional);
    } else {
        describe_builtin(explanation, call);
    }
}

}  // namespace heddle::bytecode
