#include "cli/board_command.hpp"

#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "cli/command_line.hpp"
#include "cli/emulator.hpp"
#include "cli/firmware_image.hpp"
#include "cli/firmware_source.hpp"

namespace heddle::cli {
namespace {

constexpr char kHelp[] =
    "Usage: heddle board list [--source DIR]\n"
    "       heddle board run --target NAME [options] SCRIPT [argument ...]\n\n"
    "Lists the boards that there are firmware images for; or runs a script on one of them, in QEMU. Each "
    "has\n"
    "its own -h.\n";

constexpr char kDescription[] =
    "Runs a script on a board that QEMU emulates: what it prints goes to standard output, and its exit "
    "status\n"
    "is heddle's. The board's image is built first if there is none of these sources.";

constexpr int kError = 2;
constexpr double kLongestLimit = 1e9;  // seconds
constexpr char kElfMagic[] = "\177ELF";
constexpr int kGdbPort = 1234;  // of this machine, where debuggers look first

// In front of what the image finds in memory: firmware/image/script.hpp.
constexpr char kScriptMagic[] = "HDS1";

struct Request {
    std::string target;
    std::string source;
    std::string image;
    std::string script;
    std::vector<std::string> arguments;  // the script's own
    double limit_s = 60;
    bool icount = false;
    bool gdb = false;
};

std::string source_option_help() {
    return "the folder of Heddle's source; otherwise $HEDDLE_SOURCE, or its own";
}

void parse(CLI::App& app, std::vector<std::string> words) {
    try {
        std::reverse(words.begin(), words.end());  // as CLI11 takes them
        app.parse(std::move(words));
    } catch (const CLI::CallForHelp&) {
        throw Answer(app.help());
    } catch (const CLI::ParseError& error) {
        throw UsageError(error.what());
    }
}

bool takes_a_word(const std::string& option) {
    return option == "--target" || option == "--time-limit" || option == "--source" || option == "--image";
}

/// Not a number lies in CLI11's range too.
std::string check_limit(const std::string& word) {
    return CLI::Range(0.0, kLongestLimit)(word) + (std::isnan(std::atof(word.c_str())) ? "not a number" : "");
}

/// Options end at the script: what follows is the program's.
std::size_t find_script(const std::vector<std::string>& words) {
    std::size_t i = 0;
    while (i < words.size() && words[i].rfind('-', 0) == 0) {
        i += takes_a_word(words[i]) ? 2 : 1;
    }
    return std::min(i, words.size());
}

Request parse_run(const std::vector<std::string>& words) {
    Request request;
    const auto script = words.begin() + static_cast<std::ptrdiff_t>(find_script(words));
    CLI::App app{kDescription, "heddle board run"};
    app.add_option("--target", request.target, "the board: a name that 'heddle board list' prints")
        ->required();
    app.add_option("--time-limit", request.limit_s, "seconds that it may take, 60 at first; 0: any number")
        ->check(check_limit);
    app.add_flag("--icount", request.icount, "time passes with instructions: each run is the same");
    app.add_flag("--gdb", request.gdb, "wait for a debugger; without a limit");
    app.add_option("--source", request.source, source_option_help());
    app.add_option("--image", request.image, "an image that is there already; nothing is built");
    app.footer("After the options: the script, and arguments of its own.");
    parse(app, {words.begin(), script});
    if (script == words.end()) {
        throw UsageError("which script? A board has no prompt here");
    }
    request.script = *script;
    request.arguments.assign(script + 1, words.end());
    return request;
}

std::string read_script(const std::string& path) {
    const auto refuse = [&](int error) {
        throw ImageError(fmt::format("can't open file '{}': {}", path, std::strerror(error)));
    };
    // A stream opens a folder, and fails later without a reason.
    if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) {
        refuse(EISDIR);
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        refuse(errno);
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string number(std::size_t value) {
    std::string bytes;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes += static_cast<char>(value >> shift & 0xff);
    }
    return bytes;
}

/// As it lies in the board's memory.
std::string memory_of(const Request& request, const Target& target) {
    const std::string script = read_script(request.script);
    std::string arguments = request.script + '\0';
    for (const std::string& argument : request.arguments) {
        arguments += argument + '\0';
    }
    std::string memory = kScriptMagic + number(arguments.size()) + number(script.size()) + arguments + script;
    if (memory.size() > target.script_room) {
        throw ImageError(
            fmt::format("'{}' is too large for {}: {} bytes with its arguments, and there is room for {}",
                        request.script, target.name, memory.size(), target.script_room));
    }
    return memory;
}

/// A file with that content, which is gone at the end.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& content) {
        const char* folder = std::getenv("TMPDIR");
        path_ = std::string(folder == nullptr || *folder == '\0' ? "/tmp" : folder) + "/heddle-script-XXXXXX";
        const int file = mkstemp(path_.data());
        const bool written = file >= 0 && ::write(file, content.data(), content.size()) ==
                                              static_cast<ssize_t>(content.size());
        const int error = errno;
        if (file >= 0) {
            close(file);
        }
        if (!written) {
            unlink(path_.c_str());
            throw ImageError(fmt::format("can't write '{}': {}", path_, std::strerror(error)));
        }
    }
    ~TemporaryFile() { unlink(path_.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

  private:
    std::string path_;
};

/// Binds to a port of this machine, 0: to any. Returns which; 0: it is taken.
int bind_port(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // As QEMU does: an ended debugger's connection does not take the port.
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    socklen_t length = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    const bool bound = bind(socket, any, length) == 0 && getsockname(socket, any, &length) == 0;
    const int error = errno;
    close(socket);
    errno = error;
    return bound ? ntohs(address.sin_port) : 0;
}

int free_gdb_port() {
    for (const int port : {kGdbPort, 0}) {
        if (const int bound = bind_port(port); bound != 0) {
            return bound;
        }
    }
    throw ImageError(fmt::format("there is no port for a debugger: {}", std::strerror(errno)));
}

/// As a value among others in one of QEMU's options, where a comma ends it.
std::string quoted(const std::string& path) {
    std::string text;
    for (const char each : path) {
        text += each == ',' ? ",," : std::string(1, each);
    }
    return text;
}

std::vector<std::string> command_of(const Request& request, const Target& target, const std::string& emulator,
                                    const std::string& image, const std::string& script) {
    std::vector<std::string> words = {emulator};
    words.insert(words.end(), target.emulator_options.begin(), target.emulator_options.end());
    const std::vector<std::string> usual = {
        "-display",
        "none",
        "-monitor",
        "none",
        "-serial",
        "stdio",
        "-semihosting",
        "-kernel",
        image,
        "-device",
        fmt::format("loader,file={},addr={:#x},force-raw=on", quoted(script), target.script_address)};
    words.insert(words.end(), usual.begin(), usual.end());
    if (request.icount) {
        words.insert(words.end(), {"-icount", "shift=4,sleep=off"});
    }
    return words;
}

std::string find_image(const Request& request, const std::filesystem::path& source, const Target& target) {
    if (request.image.empty()) {
        return image_of(source, target).string();
    }
    std::ifstream file(request.image, std::ios::binary);
    if (!file) {
        throw ImageError(fmt::format("can't open image '{}': {}", request.image, std::strerror(errno)));
    }
    char magic[sizeof kElfMagic - 1] = {};
    if (!file.read(magic, sizeof magic) || std::memcmp(magic, kElfMagic, sizeof magic) != 0) {
        throw ImageError(fmt::format("'{}' is no image: it is no ELF file", request.image));
    }
    return request.image;
}

std::string find_emulator(const Target& target) {
    std::string program = find_program(target.emulator);
    if (program.empty()) {
        throw ImageError(fmt::format("{} is missing, which emulates {}: tools/setup --firmware installs it",
                                     target.emulator, target.name));
    }
    return program;
}

int run(const std::vector<std::string>& words) {
    const Request request = parse_run(words);
    const std::filesystem::path source = find_source(request.source);
    const Target target = find_target(source, request.target);
    const TemporaryFile script(memory_of(request, target));
    const std::string emulator = find_emulator(target);
    const std::string image = find_image(request, source, target);
    std::vector<std::string> command = command_of(request, target, emulator, image, script.path());
    if (request.gdb) {
        const int port = free_gdb_port();
        command.insert(command.end(), {"-S", "-gdb", fmt::format("tcp:127.0.0.1:{}", port)});
        std::fprintf(stderr,
                     "heddle: the board waits for: gdb-multiarch -ex 'target remote 127.0.0.1:%d' %s\n", port,
                     image.c_str());
    }
    return emulate({.command = std::move(command), .limit_s = request.gdb ? 0 : request.limit_s});
}

int list(const std::vector<std::string>& words) {
    CLI::App app{"Lists the boards that there are firmware images for.", "heddle board list"};
    std::string source;
    app.add_option("--source", source, source_option_help());
    parse(app, words);
    for (const Target& target : targets_of(find_source(source))) {
        fmt::print("{:<16} {}\n", target.name, target.description);
    }
    return 0;
}

}  // namespace

int board(const std::string& executable, const std::vector<std::string>& words) {
    if (words.empty() || words[0] == "-h" || words[0] == "--help") {
        throw Answer(kHelp);
    }
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    try {
        if (words[0] == "run") {
            return run(rest);
        }
        if (words[0] == "list") {
            return list(rest);
        }
    } catch (const ImageError& error) {
        std::fprintf(stderr, "%s: %s\n", executable.c_str(), error.what());
        return kError;
    }
    throw UsageError(fmt::format("'heddle board' has no command '{}'", words[0]));
}

}  // namespace heddle::cli
