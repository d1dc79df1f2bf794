// The words for everything that can need the heap.
#include "bytecode/explain_needs.hpp"

#include <cstring>
#include <iterator>

namespace heddle::bytecode {
namespace {

constexpr const char* kUseIntegers = "Use integers, or compute it outside the handler";
constexpr const char* kUseIntegerDivision = "Use integers (//), or compute it outside the handler";
constexpr const char* kMaskIt = "Mask the numbers, for example with & 0x3fffffff";
constexpr const char* kFormatLater = "Store the values, and format them outside the handler";
constexpr const char* kFillBuffer = "Write into a bytearray or array made outside the handler";
constexpr const char* kMakeOutside = "Make it once outside the handler, and use it again";
constexpr const char* kSeparate = "Use separate variables, or fill a list made outside the handler";
constexpr const char* kFullLength = "Make it in full length outside the handler, and assign to its items";
constexpr const char* kUseIndexes = "Use its items by their indexes";
constexpr const char* kUseView = "Use indexes, or a slice of a memoryview made outside the handler";
constexpr const char* kKeepLength = "Keep it in full length, and count in a variable how much is in use";
constexpr const char* kAllEntries = "Give it all its keys outside the handler";
constexpr const char* kAllKeys = "Give the dict all its keys outside the handler";
constexpr const char* kKeepMethod = "Keep it in a variable made outside the handler, or call it at once";
constexpr const char* kSetInInit = "Assign it in __init__ first";
constexpr const char* kSetInModule = "Give the name a value at module level first";
constexpr const char* kLoop = "Loop over a list or a range with indexes";
constexpr const char* kPlainLoop = "Use a plain for loop over things made outside the handler";
constexpr const char* kDefineOutside = "Define it outside the handler";
constexpr const char* kPassPlainly = "Pass and take each argument by itself";
constexpr const char* kUseGlobals = "Use globals or attributes in place of variables of an outer function";
constexpr const char* kSchedule = "Do it outside the handler, for example with micropython.schedule()";
constexpr const char* kReadInto =
    "Use the form that fills a buffer (readinto, recv_into) made outside the handler";

// In the order of Need.
constexpr Words kWords[] = {
    {Need::kUnknown, "what this line does", kSchedule},
    {Need::kBuiltIn, "a built-in function", kSchedule},

    {Need::kOperator, "the result of the operator %s", kSchedule},
    {Need::kFloat, "the float result of %s", kUseIntegers},
    {Need::kDivision, "the float result of %s", kUseIntegerDivision},
    {Need::kBigInteger, "the big integer result of %s (over 63 bits here, 31 on most boards)", kMaskIt},
    {Need::kBigOperand, "the result of %s with a big integer (over 63 bits here, 31 on most boards)",
     kMaskIt},
    {Need::kFormat, "the text that %s formats", kFormatLater},
    {Need::kJoin, "the new %q that %s makes", kFillBuffer},
    {Need::kNewContainer, "the new %q that %s makes", kMakeOutside},
    {Need::kGrowSequence, "the longer %q that %s makes", kFullLength},

    {Need::kItem, "the item that is read", kSchedule},
    {Need::kFloatItem, "the float read from the %q", "Use an array of integers"},
    {Need::kBigItem, "the big integer read from the %q (over 63 bits here, 31 on most boards)",
     "Use smaller items"},
    {Need::kCharacter, "the character read from the str", "Use a bytes object: its items are small integers"},
    {Need::kStoreItem, "storing the item", kFullLength},
    {Need::kDeleteItem, "the smaller block that del moves the list to", kKeepLength},
    {Need::kSlice, "the slice", kUseIndexes},
    {Need::kSliceOf, "the slice of the %q", kUseIndexes},
    {Need::kBufferSlice, "the slice of the %q", kUseView},
    {Need::kNewKey, "the new key of the dict", kAllKeys},
    {Need::kReadAttribute, "reading the attribute", kSchedule},
    {Need::kNamedAttribute, "reading the attribute %q.%q", kSchedule},
    {Need::kBoundMethod, "the bound method %q.%q", kKeepMethod},
    {Need::kMethodOfType, "the method %q() taken from its type", "Call it on the object: x.method()"},
    {Need::kStoreAttribute, "storing the attribute", kSetInInit},
    {Need::kNewAttribute, "the new attribute '%q' of the %q", kSetInInit},
    {Need::kNewGlobal, "the new global '%q'", kSetInModule},
    {Need::kStoreName, "storing the name", kSetInModule},

    {Need::kTuple, "the tuple", kSeparate},
    {Need::kList, "the new list", kMakeOutside},
    {Need::kDict, "the new dict", kMakeOutside},
    {Need::kSet, "the new set", kMakeOutside},
    {Need::kComprehensionItem, "the next item of the comprehension", kPlainLoop},
    {Need::kStarredName, "the list for the starred name", "Take the items by their indexes"},
    {Need::kUnpacking, "unpacking the items", "Take the items by their indexes"},
    {Need::kIterator, "the iterator", kLoop},
    {Need::kLoopStart, "the loop's iterator", kLoop},
    {Need::kNextItem, "the loop's next item", kLoop},
    {Need::kNextItemOf, "the next item of the %q", kLoop},
    {Need::kDelegation, "the inner generator", kSchedule},

    {Need::kFunction, "the inner function", kDefineOutside},
    {Need::kNamedFunction, "the inner function %q()", kDefineOutside},
    {Need::kComprehension, "the %s", kPlainLoop},
    {Need::kGenerator, "the generator", kPlainLoop},
    {Need::kWith, "the context manager of the with statement", kSchedule},
    {Need::kImport, "the import", "Import at the top of the file"},
    {Need::kRaise, "the exception to raise", "Raise an exception made outside the handler"},
    {Need::kClass, "the class statement", kDefineOutside},

    {Need::kCall, "the call", kSchedule},
    {Need::kNamedCall, "the call of %s()", kSchedule},
    {Need::kStarCall, "the list of arguments for * or **", kPassPlainly},
    {Need::kExtraArguments, "the tuple of extra arguments of %q()", kPassPlainly},
    {Need::kKeywordArguments, "the dict of keyword arguments of %q()", kPassPlainly},
    {Need::kSharedVariables, "a variable that %q() shares with an inner function", kUseGlobals},
    {Need::kClosureCall, "the call of an inner function with many arguments and shared variables",
     kUseGlobals},
    {Need::kGeneratorCall, "the generator that %q() makes", kPlainLoop},
    {Need::kInstance, "the new object of the class %q", kMakeOutside},
    {Need::kObject, "the new %q", kMakeOutside},
    {Need::kFloatCall, "the float that %s() makes", kUseIntegers},
    {Need::kIntegerCall, "the integer that %s() makes", kMaskIt},
    {Need::kNumberCall, "the number that %s() makes", kUseIntegers},
    {Need::kTextCall, "the text that %s() makes", kFormatLater},
    {Need::kFormatCall, "the text that an f-string or str.format() makes", kFormatLater},
    {Need::kTupleCall, "the tuple that %s() makes", kSeparate},
    {Need::kGrowCall, "the room that %s() adds", kFullLength},
    {Need::kGrowKeysCall, "the room that %s() adds", kAllEntries},
    {Need::kShrinkCall, "the smaller block that %s() moves to", kKeepLength},
    {Need::kCopyCall, "the copy that %s() makes", kMakeOutside},
    {Need::kIteratorCall, "the iterator that %s() makes", kLoop},
    {Need::kReadCall, "the bytes object that %s() makes", kReadInto},
    {Need::kPackCall, "the bytes object that %s() makes",
     "Use struct.pack_into() or index a buffer made outside the handler"},
    {Need::kSuper, "super() as an object", "Call super().method() at once, or name the base class"},
};

constexpr bool in_order() noexcept {
    for (std::size_t i = 0; i < std::size(kWords); ++i) {
        if (kWords[i].need != static_cast<Need>(i)) {
            return false;
        }
    }
    return std::size(kWords) == static_cast<std::size_t>(Need::kSuper) + 1;
}
static_assert(in_order());

}  // namespace

const Words& words_of(Need need) noexcept { return kWords[static_cast<std::size_t>(need)]; }

Text::Text(char* buffer, std::size_t bytes) noexcept
    : print_{.data = this, .print_strn = append}, end_(buffer), room_(bytes - 1) {
    *end_ = '\0';
}

void Text::append(void* text, const char* characters, std::size_t count) noexcept {
    auto& self = *static_cast<Text*>(text);
    const std::size_t taken = count < self.room_ ? count : self.room_;
    std::memcpy(self.end_, characters, taken);
    self.end_ += taken;
    self.room_ -= taken;
    *self.end_ = '\0';
}

}  // namespace heddle::bytecode
