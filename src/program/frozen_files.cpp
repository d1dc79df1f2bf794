#include "program/frozen_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <string>

#include "base/state.h"
#include "program/refusal.hpp"

extern "C" {
// The linker's names for the C library's own: see outside_world.cpp.
int __real_open(const char* path, int flags, ...);
ssize_t __real_read(int file, void* to, size_t bytes);
int __real_close(int file);
}

namespace heddle::program {
namespace {

// Above what the system gives.
constexpr int kFirst = 1 << 20;
constexpr int kMostOpen = 64;

struct Content {
    std::string bytes;
    int error = 0;  // why it could not be read
};

struct OpenFile {
    const Content* content;
    off_t offset;
};

HEDDLE_STATE OpenFile open_files[kMostOpen] = {};

// Never destroyed, and never changed once it is there.
std::map<std::string, Content>& contents() noexcept {
    static auto* all = new std::map<std::string, Content>;
    return *all;
}

void read_whole(int file, Content& content) noexcept {
    char bytes[4096];
    for (;;) {
        const ssize_t count = __real_read(file, bytes, sizeof bytes);
        if (count > 0) {
            content.bytes.append(bytes, static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EINTR) {
            content.error = count == 0 ? 0 : errno;
            return;
        }
    }
}

bool is_regular(const char* path) noexcept {
    struct stat status {};
    return stat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
}

Content load(const char* path) noexcept {
    Content content;
    if (!is_regular(path)) {
        refuse("repeat a read of", path);
    }
    const int file = __real_open(path, O_RDONLY | O_CLOEXEC);
    if (file == -1) {
        content.error = errno;
        return content;
    }
    read_whole(file, content);
    __real_close(file);
    return content;
}

const Content& content_of(const char* path) noexcept {
    const auto found = contents().find(path);
    return found != contents().end() ? found->second : contents().emplace(path, load(path)).first->second;
}

OpenFile* find(int file) noexcept {
    OpenFile& one = open_files[file - kFirst];
    return one.content == nullptr ? nullptr : &one;
}

int fail(int error) noexcept {
    errno = error;
    return -1;
}

}  // namespace

bool is_frozen(int file) noexcept { return file >= kFirst && file < kFirst + kMostOpen; }

int open_frozen(const char* path) noexcept {
    const Content& content = content_of(path);
    if (content.error != 0) {
        return fail(content.error);
    }
    for (int i = 0; i < kMostOpen; ++i) {
        if (open_files[i].content == nullptr) {
            open_files[i] = {&content, 0};
            return kFirst + i;
        }
    }
    return fail(EMFILE);
}

ssize_t read_frozen(int file, void* to, std::size_t bytes) noexcept {
    OpenFile* open = find(file);
    if (open == nullptr) {
        return fail(EBADF);
    }
    const std::string& all = open->content->bytes;
    const std::size_t from = std::min(static_cast<std::size_t>(open->offset), all.size());
    const std::size_t count = std::min(bytes, all.size() - from);
    std::memcpy(to, all.data() + from, count);
    open->offset += static_cast<off_t>(count);
    return static_cast<ssize_t>(count);
}

off_t seek_frozen(int file, off_t offset, int whence) noexcept {
    OpenFile* open = find(file);
    if (open == nullptr) {
        return fail(EBADF);
    }
    const off_t base = whence == SEEK_SET   ? 0
                       : whence == SEEK_CUR ? open->offset
                                            : static_cast<off_t>(open->content->bytes.size());
    if (base + offset < 0) {
        return fail(EINVAL);
    }
    open->offset = base + offset;
    return open->offset;
}

int close_frozen(int file) noexcept {
    OpenFile* open = find(file);
    if (open == nullptr) {
        return fail(EBADF);
    }
    *open = {};
    return 0;
}

}  // namespace heddle::program
