#include "program/snapshot.hpp"

#include <algorithm>
#include <cstring>

#include "base/state.h"
#include "host/simulated_board.hpp"
#include "mpy/micropython.hpp"
#include "program/contexts.hpp"
#include "program/names.hpp"
#include "thread/control.hpp"

extern "C" {
// The linker's names for the section's ends.
extern char __start_heddle_state[];
extern char __stop_heddle_state[];
}

namespace heddle::program {
namespace {

constexpr std::size_t kBlocksPerTableByte = 4;
constexpr std::size_t kBlocksPerFinaliserByte = 8;

// The most blocks of the heap that any execution has used: beyond a snapshot's, the tables are cleared.
std::size_t most_blocks = 0;

// The board before any execution touched it: most programs do not, and it is large.
std::vector<char> unused_board;

std::size_t used_blocks() noexcept { return MP_STATE_MEM(area).gc_last_used_block + 1; }

std::size_t table_bytes(std::size_t blocks) noexcept { return blocks / kBlocksPerTableByte + 1; }

std::size_t finaliser_bytes(std::size_t blocks) noexcept { return blocks / kBlocksPerFinaliserByte + 1; }

}  // namespace

void Snapshot::add(const void* begin, std::size_t size) {
    parts_.push_back({static_cast<char*>(const_cast<void*>(begin)), size});
    const auto* bytes = static_cast<const char*>(begin);
    memory_.insert(memory_.end(), bytes, bytes + size);
}

void Snapshot::add_heap() {
    const auto& area = MP_STATE_MEM(area);
    heap_blocks_ = used_blocks();
    add(area.gc_alloc_table_start, table_bytes(heap_blocks_));
    add(area.gc_finaliser_table_start, finaliser_bytes(heap_blocks_));
    const thread::Bytes names = names_of_blocks(heap_blocks_);
    add(names.begin, names.size);
    add(area.gc_pool_start, heap_blocks_ * MICROPY_BYTES_PER_GC_BLOCK);
}

void Snapshot::take() {
    parts_.clear();
    memory_.clear();
    const thread::Bytes scheduler = thread::scheduler_bytes();
    add(scheduler.begin, scheduler.size);
    add(&mp_state_ctx, sizeof mp_state_ctx);
    add(__start_heddle_state, static_cast<std::size_t>(__stop_heddle_state - __start_heddle_state));
    const thread::Bytes contexts = bytes_of_contexts();
    add(contexts.begin, contexts.size);
    add_heap();
    thread::for_each_fiber([this](thread::Fiber& fiber) {
        const thread::Bytes stack = thread::stack_in_use(fiber);
        add(stack.begin, stack.size);
    });
    has_board_ = host::board_is_in_use();
    if (has_board_) {
        add(&host::the_board(), sizeof(board::Board));
    } else if (unused_board.empty()) {
        const auto* bytes = reinterpret_cast<const char*>(&host::the_board());
        unused_board.assign(bytes, bytes + sizeof(board::Board));
    }
}

void Snapshot::restore() const noexcept {
    if (!has_board_ && host::board_is_in_use()) {
        std::memcpy(static_cast<void*>(&host::the_board()), unused_board.data(), unused_board.size());
    }
    most_blocks = std::max(most_blocks, used_blocks());
    const char* from = memory_.data();
    for (const Part& part : parts_) {
        std::memcpy(part.begin, from, part.size);
        from += part.size;
    }
    const auto& area = MP_STATE_MEM(area);
    if (most_blocks > heap_blocks_) {
        const std::size_t kept = table_bytes(heap_blocks_);
        std::memset(area.gc_alloc_table_start + kept, 0, table_bytes(most_blocks) - kept);
        const std::size_t kept_finalisers = finaliser_bytes(heap_blocks_);
        std::memset(area.gc_finaliser_table_start + kept_finalisers, 0,
                    finaliser_bytes(most_blocks) - kept_finalisers);
    }
}

}  // namespace heddle::program
