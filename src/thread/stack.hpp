// Stacks of fibers: mapped with a guard below, grown lazily by the kernel, kept for the next fiber.
#pragma once

#include <cstddef>
#include <vector>

namespace heddle::thread {

/// Bytes below every stack that fault: more than any one frame of C takes, so that none steps over them.
inline constexpr std::size_t kGuardBytes = std::size_t{64} * 1024;

/// Usable bytes are [low, high); the kGuardBytes below `low` fault.
struct Stack {
    char* low = nullptr;
    char* high = nullptr;

    [[nodiscard]] std::size_t bytes() const noexcept { return static_cast<std::size_t>(high - low); }
    [[nodiscard]] bool guards(const void* address) const noexcept {
        return address < low && address >= low - kGuardBytes;
    }
};

/// Not thread-safe: used under the run token.
class StackPool {
  public:
    StackPool() = default;
    ~StackPool();
    StackPool(const StackPool&) = delete;
    StackPool& operator=(const StackPool&) = delete;

    /// A stack of at least `bytes`; `low` is null when the system has no room for one.
    [[nodiscard]] Stack acquire(std::size_t bytes) noexcept;

    /// `stack` is in use by nobody.
    void release(Stack stack) noexcept;

  private:
    // As many as a program starts and ends again and again; the rest goes back to the system.
    static constexpr std::size_t kMostKept = 256;

    std::vector<Stack> kept_;
};

}  // namespace heddle::thread
