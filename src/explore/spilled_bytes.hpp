// Memory that grows, and lies in a file once there is much of it.
#pragma once

#include <cstddef>

namespace heddle::explore {

/// Bytes at an address that changes as they grow. Up to a limit they are memory of the process; above it they
/// are a file without a name in TMPDIR, or /tmp, and the process keeps in memory what it has used of late.
/// Not thread-safe.
class SpilledBytes {
  public:
    explicit SpilledBytes(std::size_t most_in_memory) noexcept : most_in_memory_(most_in_memory) {}
    ~SpilledBytes();
    SpilledBytes(const SpilledBytes&) = delete;
    SpilledBytes& operator=(const SpilledBytes&) = delete;

    [[nodiscard]] void* data() const noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool is_spilled() const noexcept { return file_ >= 0; }
    /// By at least so many bytes, of zeros. Throws std::system_error where the system has no room for them;
    /// they are then as they were.
    void grow(std::size_t bytes);

  private:
    void grow_memory(std::size_t size);
    void grow_file(std::size_t size);
    void open_file();

    std::size_t most_in_memory_;
    void* data_ = nullptr;
    std::size_t size_ = 0;
    int file_ = -1;
};

}  // namespace heddle::explore
