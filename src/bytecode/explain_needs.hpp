// What can need the heap, in words. Only bytecode/explain*.cpp include this.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bytecode/explain.hpp"

namespace heddle::bytecode {

/// The comments name the arguments that the words take.
enum class Need : std::uint8_t {
    kUnknown,
    kBuiltIn,
    // An operator.
    kOperator,      // operator
    kFloat,         // operator
    kDivision,      // operator
    kBigInteger,    // operator
    kBigOperand,    // operator
    kFormat,        // operator
    kJoin,          // type, operator
    kNewContainer,  // type, operator
    kGrowSequence,  // type, operator
    // An item, an attribute, a name.
    kItem,
    kFloatItem,  // type
    kBigItem,    // type
    kCharacter,
    kStoreItem,
    kDeleteItem,
    kSlice,
    kSliceOf,      // type
    kBufferSlice,  // type
    kNewKey,
    kReadAttribute,
    kNamedAttribute,  // type, attribute
    kBoundMethod,     // type, attribute
    kMethodOfType,    // attribute
    kStoreAttribute,
    kNewAttribute,  // attribute, type
    kNewGlobal,     // name
    kStoreName,
    // Containers and loops.
    kTuple,
    kList,
    kDict,
    kSet,
    kComprehensionItem,
    kStarredName,
    kUnpacking,
    kIterator,
    kLoopStart,
    kNextItem,
    kNextItemOf,  // type
    kDelegation,
    // Functions and statements.
    kFunction,
    kNamedFunction,  // name
    kComprehension,  // kind
    kGenerator,
    kWith,
    kImport,
    kRaise,
    kClass,
    // A call.
    kCall,
    kNamedCall,  // function
    kStarCall,
    kExtraArguments,    // function
    kKeywordArguments,  // function
    kSharedVariables,   // function
    kClosureCall,
    kGeneratorCall,  // function
    kInstance,       // class
    kObject,         // type
    kFloatCall,      // function
    kIntegerCall,    // function
    kNumberCall,     // function
    kTextCall,       // function
    kFormatCall,
    kTupleCall,     // function
    kGrowCall,      // function
    kGrowKeysCall,  // function
    kShrinkCall,    // function
    kCopyCall,      // function
    kIteratorCall,  // function
    kReadCall,      // function
    kPackCall,      // function
    kSuper,
};

struct Words {
    Need need;
    /// As mp_printf() takes it; reads well before "needs the heap".
    const char* construct;
    const char* cure;
};

const Words& words_of(Need need) noexcept;

/// A text of a fixed size that is cut where it gets too long.
class Text {
  public:
    Text(char* buffer, std::size_t bytes) noexcept;

    const mp_print_t* print() const noexcept { return &print_; }

  private:
    static void append(void* text, const char* characters, std::size_t count) noexcept;

    mp_print_t print_;
    char* end_;
    std::size_t room_;
};

/// Sets the construct and the cure. A qstr is %q, a C string %s.
template <class... Arguments>
void describe(Explanation& explanation, Need need, Arguments... arguments) noexcept {
    static_assert(((sizeof(Arguments) == sizeof(qstr)) && ...), "as the variable arguments are read");
    const Words& words = words_of(need);
    const Text text(explanation.construct, sizeof explanation.construct);
    mp_printf(text.print(), words.construct, arguments...);
    explanation.cure = words.cure;
}

struct Call {
    mp_obj_t function;
    /// MP_OBJ_NULL for a call that is no method's.
    mp_obj_t self;
    /// Without self.
    std::size_t positional;
};

void describe_call(Explanation& explanation, Call call) noexcept;

/// The function of bytecode that a handler comes to; null if it is none.
const mp_obj_fun_bc_t* bytecode_function_of(mp_obj_t handler) noexcept;

/// Describes what the opcode at `ip` does. `sp` may be null: then only the opcode itself is known.
void describe_opcode(Explanation& explanation, const mp_obj_fun_bc_t& function, const byte* ip,
                     const mp_obj_t* sp) noexcept;

/// The type's own attribute or an inherited one, as the class has it; MP_OBJ_NULL if there is none.
mp_obj_t find_in_type(const mp_obj_type_t* type, qstr name) noexcept;

/// The name of a function of bytecode.
qstr function_name(const byte* bytecode, const mp_module_context_t& context) noexcept;

}  // namespace heddle::bytecode
