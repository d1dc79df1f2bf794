#include "program/names.hpp"

#include <algorithm>
#include <vector>

#include "base/state.h"
#include "host/exploration.hpp"
#include "program/state.hpp"
#include "thread/scheduler.hpp"

namespace heddle::program {
namespace {

// A context above, a count below. 0: none was given.
using Name = std::uint32_t;
constexpr int kCountBits = 22;
static_assert(kMostContexts + 1 < Name{1} << (32 - kCountBits));

// What tells names from addresses, and those of stacks from those of the heap.
constexpr std::uint64_t kNamed = std::uint64_t{1} << 56;
constexpr std::uint64_t kOnStack = std::uint64_t{1} << 57;

bool naming = false;
char* heap = nullptr;
std::size_t heap_bytes = 0;
thread::StackArena arena;

std::vector<Name> names;

// Handlers are one more context.
HEDDLE_STATE Name named_by_handlers = 0;

std::size_t current_context() noexcept {
    return thread::current_id() == interrupts_fiber ? kMostContexts : thread::current_number();
}

std::size_t offset_in(const void* object, const char* begin) noexcept {
    return reinterpret_cast<std::uintptr_t>(object) - reinterpret_cast<std::uintptr_t>(begin);
}

}  // namespace

void name_objects(const thread::StackArena& stacks) noexcept {
    const auto& area = MP_STATE_MEM(area);
    heap = reinterpret_cast<char*>(area.gc_pool_start);
    heap_bytes = static_cast<std::size_t>(area.gc_pool_end - area.gc_pool_start);
    arena = stacks;
    names.assign(heap_bytes / MICROPY_BYTES_PER_GC_BLOCK + 1, 0);
    naming = true;
}

std::uint32_t objects_of(std::size_t context) noexcept { return known[context].named; }

bool is_newer(const void* object, std::size_t context, std::uint32_t objects) noexcept {
    const std::size_t in_heap = offset_in(object, heap);
    if (in_heap >= heap_bytes || in_heap % MICROPY_BYTES_PER_GC_BLOCK != 0) {
        return false;
    }
    const Name name = names[in_heap / MICROPY_BYTES_PER_GC_BLOCK];
    const Name allocated = (known[context].named - objects) & ((Name{1} << kCountBits) - 1);
    return name >> kCountBits == context + 1 &&
           ((known[context].named - name) & ((Name{1} << kCountBits) - 1)) < allocated;
}

thread::Bytes names_of_blocks(std::size_t blocks) noexcept {
    return {reinterpret_cast<char*>(names.data()), std::min(blocks, names.size()) * sizeof(Name)};
}

}  // namespace heddle::program

namespace heddle {

using namespace program;

void exploration::name_object(const void* object) noexcept {
    if (!naming || object == nullptr || !thread::is_fiber_running()) {
        return;
    }
    const std::size_t context = current_context();
    Name& named = context == kMostContexts ? named_by_handlers : known[context].named;
    const Name count = ++named & ((Name{1} << kCountBits) - 1);
    names[offset_in(object, heap) / MICROPY_BYTES_PER_GC_BLOCK] =
        static_cast<Name>((context + 1) << kCountBits) | count;
}

std::uint64_t bytecode::name_of_object(const void* object) noexcept {
    const std::size_t in_heap = offset_in(object, heap);
    if (in_heap < heap_bytes && in_heap % MICROPY_BYTES_PER_GC_BLOCK == 0) {
        if (const Name name = names[in_heap / MICROPY_BYTES_PER_GC_BLOCK]; name != 0) {
            return kNamed + name;
        }
    }
    if (const std::size_t on_stack = offset_in(object, arena.begin); on_stack < arena.bytes) {
        return kOnStack + (std::uint64_t{current_context()} << 32) + on_stack % arena.stack_bytes;
    }
    return reinterpret_cast<std::uintptr_t>(object);
}

}  // namespace heddle

extern "C" {

void* __real_gc_alloc(size_t bytes, unsigned int flags);
void* __wrap_gc_alloc(size_t bytes, unsigned int flags) {
    if (!heddle::program::naming) {
        return __real_gc_alloc(bytes, flags);
    }
    void* object = __real_gc_alloc(bytes, flags);
    heddle::exploration::name_object(object);
    return object;
}

}  // extern "C"
