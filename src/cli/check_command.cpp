#include "cli/check_command.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>

#include "cli/command_line.hpp"
#include "program/check.hpp"
#include "report/json.hpp"
#include "report/progress.hpp"
#include "report/replay.hpp"
#include "report/text.hpp"

namespace heddle::cli {
namespace {

constexpr std::size_t kHeapBytes = std::size_t{256} * 1024;

enum Status { kClean = 0, kError = 1, kUsage = 2, kUnfinished = 3 };

struct Request {
    program::CheckOptions options;
    std::string board = usual_board();
    std::string search = "all";
    std::string timing = "default";
    std::string heap;
    std::string memory;
    std::string json;
    std::string replay_folder = ".";
};

std::string read_file(const std::string& path, const char* what) {
    std::ifstream file(path, std::ios::binary);
    if (std::error_code error; std::filesystem::is_directory(path, error)) {
        errno = EISDIR;
        file.setstate(std::ios::failbit);
    }
    if (!file) {
        throw UsageError(fmt::format("can't open {} '{}': {}", what, path, std::strerror(errno)));
    }
    // It is read more than once, and some devices have no end.
    if (!std::filesystem::is_regular_file(path)) {
        throw UsageError(fmt::format("can't open {} '{}': it is no regular file", what, path));
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.flush();
    if (!file) {
        throw UsageError(fmt::format("can't write '{}': {}", path, std::strerror(errno)));
    }
}

void demand(bool holds, const char* what, const std::string& path) {
    if (!holds) {
        throw UsageError(fmt::format("can't write {} '{}': {}", what, path, std::strerror(errno)));
    }
}

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

/// Before the search: it may take long.
void demand_writable_outputs(const Request& request) {
    demand(access((request.replay_folder + "/.").c_str(), W_OK | X_OK) == 0, "replay files to",
           request.replay_folder);
    if (request.json.empty()) {
        return;
    }
    const bool exists = access(request.json.c_str(), F_OK) == 0;
    demand(access(exists ? request.json.c_str() : folder_of(request.json).c_str(), W_OK) == 0,
           "the result to", request.json);
    if (std::filesystem::is_directory(request.json)) {
        errno = EISDIR;
        demand(false, "the result to", request.json);
    }
}

std::string positive(const std::string& text) {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    return *end == '\0' && std::isfinite(number) && number > 0 ? ""
                                                               : "'" + text + "' is not a positive number";
}

std::string whole(const std::string& text) {
    const bool is_one = !text.empty() && text.size() < 20 &&
                        std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
    return is_one ? "" : "'" + text + "' is not a whole number";
}

// As a shell's variable that is not set.
std::string given(const std::string& text) { return text.empty() ? "nothing is given" : ""; }

/// The text of a board that comes with heddle, or of a file.
std::string profile_of(const std::string& board) {
    const std::string_view known = board::profile_text(board);
    return known.empty() ? read_file(board, "profile") : std::string(known);
}

report::ReplayOrigin origin_of(const Request& request) {
    return {.script = request.options.program.text,
            .script_hash = report::hash_of(read_file(request.options.program.text, "script")),
            .board = request.board,
            .board_hash = report::hash_of(profile_of(request.board)),
            .vm = host::version()};
}

report::TextStyle style_of_terminal() {
    winsize size{};
    report::TextStyle style{.width = 80, .colours = isatty(STDOUT_FILENO) != 0};
    if (style.colours && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 80) {
        style.width = size.ws_col;
    }
    return style;
}

std::size_t parse_memory(const std::string& text) {
    std::size_t bytes = 0;
    const char* end = text.data() + text.size();
    const auto [unit, error] = std::from_chars(text.data(), end, bytes);
    const std::string_view rest(unit, static_cast<std::size_t>(end - unit));
    const std::size_t at = rest.empty() ? 0 : std::string_view("kmg").find(static_cast<char>(rest[0] | 0x20));
    const std::size_t shift = rest.empty() ? 0 : 10 * (at + 1);
    if (error != std::errc{} || rest.size() > 1 || at == std::string_view::npos || bytes == 0 ||
        bytes > SIZE_MAX >> shift) {
        throw UsageError(fmt::format("bad size '{}': N, Nk, Nm or Ng", text));
    }
    return bytes << shift;
}

std::string replay_name(const std::string& script, std::size_t index) {
    const std::size_t slash = script.find_last_of('/');
    const std::string name = slash == std::string::npos ? script : script.substr(slash + 1);
    return fmt::format("{}.{}.replay", name, index + 1);
}

/// Of the script, without its own name.
std::vector<std::string> arguments_of(const Request& request) {
    const std::vector<std::string>& words = request.options.program.arguments;
    return {words.begin() + 1, words.end()};
}

std::vector<std::string> script_of(const report::Replay& replay) {
    std::vector<std::string> words{replay.origin.script};
    words.insert(words.end(), replay.options.arguments.begin(), replay.options.arguments.end());
    return words;
}

void write_replay(const Request& request, const std::string& path, const record::ReportFinding& finding,
                  const record::Schedule& schedule) {
    const report::Replay replay{.origin = origin_of(request),
                                .options = {.irqs = static_cast<int>(request.options.irqs),
                                            .any_timing = request.options.any_timing,
                                            .max_steps = request.options.most_steps,
                                            .heap_bytes = request.options.program.heap_bytes,
                                            .arguments = arguments_of(request)},
                                .finding = {.kind = finding.kind,
                                            .file = finding.step_file,
                                            .line = finding.step_line,
                                            .message = finding.message},
                                .schedule = schedule};
    write_file(path, report::write_replay(replay));
}

/// A file for each finding, whose name the report then has.
void write_replays(const Request& request, program::CheckOutcome& outcome) {
    for (std::size_t i = 0; i < outcome.schedules.size(); ++i) {
        std::string path = request.replay_folder + "/" + replay_name(request.options.program.text, i);
        if (path.rfind("./", 0) == 0) {
            path.erase(0, 2);
        }
        record::ReportFinding& finding = outcome.report.findings[i];
        write_replay(request, path, finding, outcome.schedules[i]);
        finding.replay_path = path;
    }
}

/// The report on the terminal is there whatever becomes of the files.
void tell(const Request& request, program::CheckOutcome& outcome) {
    const auto tell_on_terminal = [&] {
        std::fputs(report::text_of(outcome.report, style_of_terminal()).c_str(), stdout);
        std::fflush(stdout);
        for (const std::string& fault : outcome.faults) {
            std::fprintf(stderr, "heddle: %s\n", fault.c_str());
        }
    };
    try {
        write_replays(request, outcome);
        if (!request.json.empty()) {
            write_file(request.json, report::json_of(outcome.report));
        }
    } catch (const UsageError&) {
        tell_on_terminal();
        throw;
    }
    tell_on_terminal();
}

/// Where no exception would get through: the program's code may be what asks for memory.
void end_without_memory() {
    constexpr std::string_view kLine = "heddle: no memory is left\n";
    static_cast<void>(!write(STDERR_FILENO, kLine.data(), kLine.size()));
    _exit(kUnfinished);
}

int status_of(const record::Report& report) {
    switch (report.verdict) {
        case record::ReportVerdict::error:
            return kError;
        case record::ReportVerdict::clean:
            return report.complete ? kClean : kUnfinished;
        case record::ReportVerdict::unfinished:
            break;
    }
    return kUnfinished;
}

void add_options(CLI::App& app, Request& request) {
    program::CheckOptions& options = request.options;
    app.add_option(
        "--board", request.board,
        "the board: a name that 'heddle boards' lists, or a profile's file; otherwise $HEDDLE_BOARD,\n"
        "or pyboard");
    app.add_option("--irqs", options.irqs, "how often a source of interrupts fires in one execution")
        ->check(CLI::Range(0U, 100U));
    app.add_option("--max-steps", options.most_steps, "steps after which an execution is cut")
        ->check(positive);
    app.add_option("--timing", request.timing,
                   "when a sleep or a timeout ends: default, where nobody else can go on; any, at any point")
        ->check(CLI::IsMember({"default", "any"}));
    app.add_option("-X", request.heap, "heapsize=N: bytes of the heap, 256k at first")->check(given);
}

void apply(Request& request, const std::vector<std::string>& words) {
    if (!request.heap.empty()) {
        if (request.heap.rfind("heapsize=", 0) != 0) {
            throw UsageError(fmt::format("unknown option '-X {}'", request.heap));
        }
        request.options.program.heap_bytes = parse_heap_size(request.heap.substr(9));
    }
    if (request.options.program.heap_bytes > host::kMostExploredHeapBytes) {
        throw UsageError(fmt::format("a heap of {} bytes is too large to explore: at most {}",
                                     request.options.program.heap_bytes, host::kMostExploredHeapBytes));
    }
    request.options.any_timing = request.options.any_timing || request.timing == "any";
    request.options.program.source = host::Source::script;
    request.options.program.text = words.front();
    request.options.program.arguments = words;
    request.options.program.board = board::load_profile(request.board);
}

template <class AddMore>
std::vector<std::string> parse(CLI::App& app, Request& request, const std::vector<std::string>& words,
                               const char* what, AddMore&& add_more) {
    std::vector<std::string> rest;
    add_options(app, request);
    add_more();
    app.add_option("program", rest, what)->required();
    app.prefix_command(false);
    app.positionals_at_end();
    std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 takes them
    try {
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        throw Answer(app.help());
    } catch (const CLI::ParseError& error) {
        throw UsageError(error.what());
    }
    return rest;
}

}  // namespace

// ---- how far it is, for whoever looks on

void show_progress(const program::CheckProgress& now) {
    winsize size{};
    const bool has_width = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    const report::Progress progress{
        .executions = now.executions,
        .per_second = now.seconds > 0 ? static_cast<double>(now.executions) / now.seconds : 0,
        .depth = now.depth,
        .executions_left = now.executions_left};
    const std::string line = report::progress_line(progress, has_width ? size.ws_col - 1u : 79);
    std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
}

program::CheckOutcome check_and_show_progress(program::CheckOptions& options) {
    if (isatty(STDERR_FILENO) == 0) {
        return program::check_program(options);
    }
    bool has_shown = false;
    options.on_progress = [&](const program::CheckProgress& now) {
        has_shown = true;
        show_progress(now);
    };
    program::CheckOutcome outcome = program::check_program(options);
    if (has_shown) {
        std::fputs("\r\x1b[K", stderr);
    }
    return outcome;
}

void apply_search(Request& request) {
    std::vector<std::string> names = program::sampler_names();
    names.insert(names.begin(), "all");
    if (std::find(names.begin(), names.end(), request.search) == names.end()) {
        throw UsageError(
            fmt::format("unknown search '{}': one of {}", request.search, fmt::join(names, ", ")));
    }
    request.options.sampler = request.search == "all" ? "" : request.search;
    if (!request.memory.empty()) {
        request.options.most_memory = parse_memory(request.memory);
    }
}

int check(const std::string& executable, const std::vector<std::string>& words) {
    std::set_new_handler(end_without_memory);
    Request request;
    request.options.program.executable = executable;
    request.options.program.heap_bytes = kHeapBytes;
    CLI::App app{"Tries every interleaving of a program's threads and interrupts that matters.",
                 "heddle check"};
    unsigned preemptions = 0;
    const auto rest = parse(app, request, words, "the script, and its arguments", [&] {
        app.add_option("--search", request.search,
                       "all, or random: samples, for programs too large; or the name of one sampler");
        app.add_option("--preemptions", preemptions, "the most preemptions in an execution")->check(whole);
        app.add_option("--time", request.options.most_seconds, "seconds, at most")->check(positive);
        app.add_option("--executions", request.options.most_executions, "executions, at most")
            ->check(positive);
        app.add_option("--seed", request.options.seed, "of samples")->check(whole);
        app.add_option("-j,--jobs", request.options.workers, "processes; otherwise one a processor")
            ->check(CLI::Range(1U, 1024U));
        app.add_option("--memory", request.memory,
                       "N[k|m|g]: bytes for what the search keeps; otherwise half of all")
            ->check(given);
        app.add_flag("--no-snapshots{false}", request.options.snapshots,
                     "run each execution from its beginning");
        app.add_flag("--keep-going", request.options.keep_going, "past the first error");
        app.add_option("--json", request.json, "write the report to a file, as JSON")->check(given);
        app.add_option("--replays", request.replay_folder, "the folder for replay files")->check(given);
    });
    apply(request, rest);
    apply_search(request);
    if (app.count("--preemptions") != 0) {
        request.options.preemptions = preemptions;
    }
    static_cast<void>(origin_of(request));  // a script that is not there is told before all else
    demand_writable_outputs(request);
    program::CheckOutcome outcome = check_and_show_progress(request.options);
    if (outcome.load_status != 0) {
        return outcome.load_status;
    }
    tell(request, outcome);
    return status_of(outcome.report);
}

int replay(const std::string& executable, const std::vector<std::string>& words) {
    std::set_new_handler(end_without_memory);
    Request request;
    CLI::App app{"Shows the failure of a replay file again.", "heddle replay"};
    std::string file;
    app.add_option("FILE", file, "a replay file that heddle check wrote")->required();
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
        throw Answer(app.help());
    } catch (const CLI::ParseError& error) {
        throw UsageError(error.what());
    }
    const report::Replay replay = report::parse_replay(read_file(file, "replay file"), file);
    request.options.program.executable = executable;
    request.options.program.heap_bytes = replay.options.heap_bytes;
    request.options.irqs = static_cast<unsigned>(replay.options.irqs);
    request.options.most_steps = replay.options.max_steps;
    request.options.any_timing = replay.options.any_timing;
    request.board = replay.origin.board;
    const std::vector<std::string> script = script_of(replay);
    apply(request, script);
    const std::vector<std::string> changes = report::changes_since(replay.origin, origin_of(request));
    if (!changes.empty()) {
        std::fprintf(stderr, "%s: %s: %s\n", executable.c_str(), file.c_str(), changes.front().c_str());
        return kUsage;
    }
    const program::CheckOutcome outcome = program::replay_program(
        request.options, replay.schedule,
        {replay.finding.kind, replay.finding.file, replay.finding.line, replay.finding.message});
    if (outcome.load_status != 0) {
        return outcome.load_status;
    }
    if (outcome.report.findings.empty()) {
        std::fprintf(stderr, "%s: %s: a file that the script reads or imports has changed since\n",
                     executable.c_str(), file.c_str());
        return kUsage;
    }
    std::fputs(report::text_of(outcome.report, style_of_terminal()).c_str(), stdout);
    return kError;
}

}  // namespace heddle::cli
