#include "cli/firmware_source.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

namespace heddle::cli {
namespace {

namespace fs = std::filesystem;

using Values = std::map<std::string, std::string>;

// What images are made of.
constexpr const char* kFolders[] = {"firmware", "src/base", "src/host/upstream", "src/mpy",
                                    "src/port", "src/sync", "src/thread"};

bool has_firmware(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / "firmware/build", ignored);
}

std::string trimmed(const std::string& text) {
    constexpr char kBlanks[] = " \t\r";
    const std::size_t first = text.find_first_not_of(kBlanks);
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw ImageError(fmt::format("can't read '{}'", path.string()));
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Of lines such as NAME = value.
Values values_in(const fs::path& path) {
    Values values;
    std::istringstream lines(content_of(path));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find('=');
        if (equals != std::string::npos && line.front() != '#') {
            values[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
        }
    }
    return values;
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
}

/// What the comment in a file's first line says, without its full stop.
std::string description_in(const fs::path& path) {
    std::string line = content_of(path);
    line.erase(std::min(line.find('\n'), line.size()));
    const std::string text = trimmed(line.substr(std::min(line.find_first_not_of('#'), line.size())));
    return text.empty() || text.back() != '.' ? text : text.substr(0, text.size() - 1);
}

Target read_target(const fs::path& folder) {
    const fs::path path = folder / "emulator.mk";
    const Values values = values_in(path);
    const auto value = [&](const char* name) {
        const auto found = values.find(name);
        if (found == values.end()) {
            throw ImageError(fmt::format("'{}' does not say what {} is", path.string(), name));
        }
        return found->second;
    };
    const auto number = [&](const char* name) { return std::strtoull(value(name).c_str(), nullptr, 0); };
    return {.name = folder.filename().string(),
            .description = description_in(folder / "mpconfigboard.mk"),
            .compiler = value("CROSS_COMPILE") + "gcc",
            .emulator = value("EMULATOR"),
            .emulator_options = words_of(value("EMULATOR_OPTIONS")),
            .script_address = number("SCRIPT_ADDRESS"),
            .script_room = number("SCRIPT_ROOM")};
}

/// FNV-1a.
class Hash {
  public:
    void add(const std::string& text) noexcept {
        for (const char character : text) {
            value_ = (value_ ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
        }
        value_ = (value_ ^ 0x100U) * 0x100000001b3U;
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

  private:
    std::uint64_t value_ = 0xcbf29ce484222325U;
};

}  // namespace

fs::path find_source(const std::string& given) {
    if (!given.empty()) {
        if (!has_firmware(given)) {
            throw ImageError(fmt::format("'{}' is not Heddle's source: it has no firmware/build", given));
        }
        return fs::absolute(given);
    }
    if (const char* named = std::getenv("HEDDLE_SOURCE"); named != nullptr && *named != '\0') {
        return find_source(named);
    }
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const fs::path& folder : {program / "../share/heddle", program / ".."}) {
        if (has_firmware(folder)) {
            return fs::canonical(folder);
        }
    }
    throw ImageError(
        "Heddle's source, which images are built from, was not found: --source says where it is");
}

std::vector<Target> targets_of(const fs::path& source) {
    std::vector<Target> targets;
    std::error_code error;
    for (const fs::directory_entry& folder : fs::directory_iterator(source / "firmware/boards", error)) {
        if (fs::exists(folder.path() / "mpconfigboard.mk")) {
            targets.push_back(read_target(folder.path()));
        }
    }
    std::sort(targets.begin(), targets.end(),
              [](const Target& left, const Target& right) { return left.name < right.name; });
    return targets;
}

Target find_target(const fs::path& source, const std::string& name) {
    std::string known;
    for (const Target& target : targets_of(source)) {
        if (target.name == name) {
            return target;
        }
        known += (known.empty() ? "" : ", ") + target.name;
    }
    throw ImageError(fmt::format("unknown target '{}'; known are {}", name, known));
}

std::string fingerprint_of(const fs::path& source) {
    std::vector<fs::path> files;
    for (const char* folder : kFolders) {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source / folder)) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    Hash hash;
    for (const fs::path& file : files) {
        hash.add(file.lexically_relative(source).string());
        hash.add(content_of(file));
    }
    const char* micropython = std::getenv("MICROPYTHON_DIR");
    hash.add(micropython == nullptr ? "" : micropython);
    return fmt::format("{:016x}", hash.value());
}

std::string find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        std::string file = (folder.empty() ? "." : folder) + "/" + name;
        std::error_code ignored;
        if (access(file.c_str(), X_OK) == 0 && fs::is_regular_file(file, ignored)) {
            return file;
        }
    }
    return "";
}

}  // namespace heddle::cli
