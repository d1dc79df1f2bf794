#include "thread/stack.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace heddle::thread {
namespace {

std::size_t page_bytes() noexcept {
    static const std::size_t bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return bytes;
}

std::size_t whole_pages(std::size_t bytes) noexcept {
    return (bytes + page_bytes() - 1) / page_bytes() * page_bytes();
}

void unmap(Stack stack) noexcept { munmap(stack.low - kGuardBytes, stack.bytes() + kGuardBytes); }

}  // namespace

StackPool::~StackPool() {
    for (const Stack stack : kept_) {
        unmap(stack);
    }
}

Stack StackPool::acquire(std::size_t bytes) noexcept {
    const std::size_t wanted = whole_pages(bytes);
    if (wanted < bytes || wanted > SIZE_MAX - kGuardBytes) {
        return {};
    }
    for (std::size_t i = kept_.size(); i-- > 0;) {
        if (kept_[i].bytes() == wanted) {
            const Stack stack = kept_[i];
            kept_[i] = kept_.back();
            kept_.pop_back();
            return stack;
        }
    }
    void* base = mmap(nullptr, kGuardBytes + wanted, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (base == MAP_FAILED) {
        return {};
    }
    if (mprotect(base, kGuardBytes, PROT_NONE) != 0) {
        munmap(base, kGuardBytes + wanted);
        return {};
    }
    char* low = static_cast<char*>(base) + kGuardBytes;
    return {low, low + wanted};
}

void StackPool::release(Stack stack) noexcept {
    if (kept_.size() == kMostKept) {
        unmap(stack);
        return;
    }
    kept_.push_back(stack);
}

}  // namespace heddle::thread
