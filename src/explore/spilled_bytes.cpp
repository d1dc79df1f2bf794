#include "explore/spilled_bytes.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace heddle::explore {
namespace {

// Between two times that the process gives back the pages of the file, too.
constexpr std::size_t kMostGrowth = std::size_t{1} << 20;
constexpr std::size_t kLeastGrowth = std::size_t{1} << 16;

std::string folder() {
    const char* named = std::getenv("TMPDIR");
    return named != nullptr && *named != '\0' ? named : "/tmp";
}

[[noreturn]] void refuse(int error) {
    throw std::system_error(error, std::generic_category(),
                            "can't write the work that is left to a file in '" + folder() + "'");
}

}  // namespace

SpilledBytes::~SpilledBytes() {
    if (data_ != nullptr) {
        munmap(data_, size_);
    }
    if (file_ >= 0) {
        close(file_);
    }
}

void SpilledBytes::grow(std::size_t bytes) {
    const std::size_t more = std::max(bytes, std::clamp(size_, kLeastGrowth, kMostGrowth));
    const std::size_t size = (size_ + more + kLeastGrowth - 1) / kLeastGrowth * kLeastGrowth;
    if (size <= most_in_memory_) {
        grow_memory(size);
    } else {
        grow_file(size);
    }
}

void SpilledBytes::grow_memory(std::size_t size) {
    void* data = data_ == nullptr
                     ? mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                     : mremap(data_, size_, size, MREMAP_MAYMOVE);
    if (data == MAP_FAILED) {
        throw std::system_error(errno, std::generic_category(), "memory for the work that is left");
    }
    data_ = data;
    size_ = size;
}

void SpilledBytes::grow_file(std::size_t size) {
    open_file();
    // A hole would be found too late, by a signal.
    if (const int error = posix_fallocate(file_, static_cast<off_t>(size_), static_cast<off_t>(size - size_));
        error != 0) {
        refuse(error);
    }
    void* data = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
    if (data == MAP_FAILED) {
        refuse(errno);
    }
    if (data_ != nullptr) {
        munmap(data_, size_);
    }
    data_ = data;
    size_ = size;
}

void SpilledBytes::open_file() {
    if (file_ >= 0) {
        return;
    }
    std::string path = folder() + "/heddle-XXXXXX";
    const int file = mkostemp(path.data(), O_CLOEXEC);
    if (file < 0) {
        refuse(errno);
    }
    unlink(path.c_str());
    for (std::size_t written = 0; written < size_;) {
        const ssize_t count = write(file, static_cast<const char*>(data_) + written, size_ - written);
        if (count < 0 && errno != EINTR) {
            const int error = errno;
            close(file);
            refuse(error);
        }
        written += count < 0 ? 0 : static_cast<std::size_t>(count);
    }
    file_ = file;
}

}  // namespace heddle::explore
