#include "cli/firmware_image.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>

namespace heddle::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLinesOfLog = 16;

fs::path cache_folder() {
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != '\0') {
        return fs::path(cache) / "heddle/images";
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
        return fs::path(home) / ".cache/heddle/images";
    }
    throw ImageError("there is no place for images: neither XDG_CACHE_HOME nor HOME is set");
}

/// Lives as long as this process is the only one that builds in the folder. The builder inherits it: where it
/// outlives this process, the next one waits for its end.
class FolderLock {
  public:
    explicit FolderLock(const fs::path& folder) {
        std::error_code error;
        fs::create_directories(folder, error);
        file_ = open((folder / "lock").c_str(), O_RDWR | O_CREAT, 0666);
        if (file_ < 0 || flock(file_, LOCK_EX) != 0) {
            throw ImageError(fmt::format("can't write to '{}': {}", folder.string(), std::strerror(errno)));
        }
    }
    ~FolderLock() { close(file_); }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    int file_;
};

[[noreturn]] void exec_build(const fs::path& build, const std::string& target, const fs::path& output,
                             int log) {
    // The source may not be writable.
    setenv("HEDDLE_FIRMWARE_DIR", (output.parent_path() / "build").c_str(), 1);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execl(build.c_str(), build.c_str(), target.c_str(), output.c_str(), nullptr);
    std::perror(build.c_str());
    _exit(127);
}

/// Did it succeed? What it says is in `log`.
bool run_build(const fs::path& build, const std::string& target, const fs::path& output,
               const fs::path& log) {
    const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) {
        throw ImageError(fmt::format("can't write '{}': {}", log.string(), std::strerror(errno)));
    }
    const pid_t child = fork();
    if (child == 0) {
        exec_build(build, target, output, file);
    }
    close(file);
    int status = -1;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status == 0;
}

std::string last_lines_of(const fs::path& path) {
    std::deque<std::string> last;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        last.push_back(line);
        if (last.size() > kLinesOfLog) {
            last.pop_front();
        }
    }
    std::string text;
    for (const std::string& line : last) {
        text += line + "\n";
    }
    return text;
}

void check_compiler(const Target& target) {
    if (find_program(target.compiler).empty()) {
        throw ImageError(
            fmt::format("{} is missing, which builds images for {}: tools/setup --firmware installs it",
                        target.compiler, target.name));
    }
}

/// Under its final name only once it is whole.
void build_image(const fs::path& source, const Target& target, const fs::path& image) {
    check_compiler(target);
    std::fprintf(stderr, "heddle: building the image for %s\n", target.name.c_str());
    // What is there may be of other sources, which make does not notice.
    std::error_code ignored;
    fs::remove_all(image.parent_path() / "build" / target.name, ignored);
    const fs::path log = image.parent_path() / (target.name + ".log");
    fs::path unfinished = image;
    unfinished += ".unfinished";
    if (!run_build(source / "firmware/build", target.name, unfinished, log) || !fs::exists(unfinished)) {
        throw ImageError(fmt::format("the image for {} could not be built; the log, {}, ends with:\n{}",
                                     target.name, log.string(), last_lines_of(log)));
    }
    fs::rename(unfinished, image);
}

}  // namespace

fs::path image_of(const fs::path& source, const Target& target) {
    const fs::path folder = cache_folder();
    fs::path image = folder / fmt::format("{}-{}.elf", target.name, fingerprint_of(source));
    if (!fs::exists(image)) {
        const FolderLock lock(folder);
        if (!fs::exists(image)) {
            build_image(source, target, image);
        }
    }
    return image;
}

}  // namespace heddle::cli
