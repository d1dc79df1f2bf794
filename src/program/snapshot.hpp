// The whole of an explored program's memory, copied away and back.
#pragma once

#include <cstddef>
#include <vector>

namespace heddle::program {

/// Of: the scheduler, the fibers' stacks, MicroPython's state and heap, what is marked HEDDLE_STATE, and the
/// board. All of it lies at the same addresses in every execution. For the search, while no fiber runs.
class Snapshot {
  public:
    /// What was taken before is forgotten.
    void take();
    /// Precondition: something was taken.
    void restore() const noexcept;

    [[nodiscard]] std::size_t bytes() const noexcept { return memory_.capacity(); }

  private:
    struct Part {
        char* begin;
        std::size_t size;
    };

    void add(const void* begin, std::size_t size);
    void add_heap();

    std::vector<Part> parts_;
    std::vector<char> memory_;
    std::size_t heap_blocks_ = 0;
    bool has_board_ = false;
};

}  // namespace heddle::program
