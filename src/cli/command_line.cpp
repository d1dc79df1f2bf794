#include "cli/command_line.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>

namespace heddle::cli {
namespace {

using host::Program;
using host::Source;

constexpr char kDescription[] =
    "Runs a MicroPython program: what follows the options is -c COMMAND, -m MODULE, SCRIPT, or - for "
    "standard\n"
    "input, and the program's own arguments. Without one: the prompt.";

constexpr char kFooter[] =
    "Implementation options (-X):\n"
    "  heapsize=N[w][k|m]  size of the heap, 2m at first\n"
    "  threads=N           the most threads at once, the main one included\n"
    "  compile-only        parse and compile, run nothing\n"
    "  emit=bytecode       accepted, and the only one\n\n"
    "Other commands, each with its own -h:\n"
    "  heddle board        run a script on a board's firmware, in QEMU\n"
    "  heddle boards       the boards that --board knows\n"
    "  heddle check        try every schedule of a script's threads and interrupts\n"
    "  heddle replay       show again what heddle check found";

constexpr double kLongestStay = 1e9;  // seconds

struct Split {
    std::vector<std::string> options;  // before the program
    std::vector<std::string> program;  // from -c, -m or the script on
};

bool takes_a_word(const std::string& option) {
    static const std::vector<std::string> all = {"-X", "--board", "--scene", "--record-scene", "--stay"};
    return std::find(all.begin(), all.end(), option) != all.end();
}

/// Options end at the first word that says what to run: what follows is the program's.
Split split_at_program(const std::vector<std::string>& words) {
    std::size_t i = 0;
    while (i < words.size()) {
        const std::string& word = words[i];
        if (word == "-c" || word == "-m" || word.empty() || word[0] != '-' || word == "-") {
            break;
        }
        i += takes_a_word(word) ? 2 : 1;
    }
    const auto middle = words.begin() + static_cast<std::ptrdiff_t>(std::min(i, words.size()));
    return {{words.begin(), middle}, {middle, words.end()}};
}

/// -O is 1, -OO is 2, -O3 is 3.
int parse_optimise(const std::string& value) {
    if (value.empty()) {
        return 1;
    }
    if (value.find_first_not_of('O') == std::string::npos) {
        return static_cast<int>(value.size()) + 1;
    }
    if (value.size() == 1 && value[0] >= '0' && value[0] <= '9') {
        return value[0] - '0';
    }
    throw UsageError(fmt::format("bad optimisation level '-O{}'", value));
}

std::size_t parse_count(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc{} || rest != end || count == 0) {
        throw UsageError(fmt::format("bad {} '{}'", what, text));
    }
    return count;
}

void apply_implementation_option(const std::string& option, Program& program) {
    const std::size_t equals = option.find('=');
    const std::string name = option.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : option.substr(equals + 1);
    if (name == "heapsize") {
        program.heap_bytes = parse_heap_size(value);
    } else if (name == "threads") {
        program.thread_limit = parse_count(value, "number of threads");
    } else if (option == "compile-only") {
        program.compile_only = true;
    } else if (option != "emit=bytecode") {
        throw UsageError(fmt::format("unknown option '-X {}'", option));
    }
}

void parse_options(std::vector<std::string> options, Program& program) {
    CLI::App app{kDescription, "heddle [run]"};
    app.footer(kFooter);
    std::string optimise;
    std::vector<std::string> implementation;
    bool version = false;
    app.add_flag("-i", program.inspect, "the prompt follows the program");
    app.add_flag("-v", program.verbose, "trace what the interpreter does; more with each");
    CLI::Option* optimise_option =
        app.add_option("-O", optimise, "optimise: -O, -OO, ... or -O0 to -O9")->expected(0, 1);
    std::string board = usual_board();
    std::string scene;
    app.add_option(
        "--board", board,
        "the board: a name that 'heddle boards' lists, or a profile's file; otherwise $HEDDLE_BOARD,\n"
        "or pyboard");
    app.add_option("--scene", scene, "a file that says what the outside does to the board's pins");
    app.add_option("--record-scene", program.record_scene, "write what it did to a file, as a scene");
    app.add_flag("--watch", program.watch, "show pins, LEDs and counters while it runs, on stderr");
    app.add_option("--stay", program.stay_s, "seconds that the board stays on after the program's end")
        ->check(CLI::Range(0.0, kLongestStay));
    app.add_flag("--stats", program.statistics, "say at the end how often interrupts came");
    app.add_option("-X", implementation, "an implementation option, below")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_flag("--version", version, "say which version this is");
    try {
        std::reverse(options.begin(), options.end());  // as CLI11 takes them
        app.parse(std::move(options));
    } catch (const CLI::CallForHelp&) {
        throw Answer(app.help());
    } catch (const CLI::ParseError& error) {
        throw UsageError(error.what());
    }
    if (version) {
        throw Answer(host::version() + "\n");
    }
    program.board = board::load_profile(board);
    if (!scene.empty()) {
        program.scene = board::load_scene(scene, program.board);
    }
    if (optimise_option->count() > 0) {
        program.optimise = parse_optimise(optimise);
    }
    for (const std::string& option : implementation) {
        apply_implementation_option(option, program);
    }
}

void parse_program(const std::vector<std::string>& words, Program& program) {
    if (words.empty()) {
        program.arguments = {};
        return;
    }
    const std::string& first = words[0];
    if (first == "-c" || first == "-m") {
        if (words.size() < 2) {
            throw UsageError(fmt::format("option '{}' needs an argument", first));
        }
        program.source = first == "-c" ? Source::command : Source::module;
        program.text = words[1];
        program.arguments.assign(words.begin() + 2, words.end());
        program.arguments.insert(program.arguments.begin(), first == "-c" ? first : words[1]);
        return;
    }
    program.source = first == "-" ? Source::terminal : Source::script;
    program.text = first;
    program.arguments = words;
}

}  // namespace

std::string usual_board() {
    const char* named = std::getenv("HEDDLE_BOARD");
    return named == nullptr ? "pyboard" : named;
}

std::size_t parse_heap_size(const std::string& text) {
    const auto bad = [&] { return UsageError(fmt::format("bad heap size '{}'", text)); };
    std::size_t bytes = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, bytes);
    if (error != std::errc{}) {
        throw bad();
    }
    std::string unit(rest, end);
    for (char& c : unit) {
        c = static_cast<char>(c | 0x20);
    }
    std::size_t factor = 1;
    if (!unit.empty() && unit.front() == 'w') {
        factor = sizeof(void*) / 4;
        unit.erase(0, 1);
    }
    if (unit == "k") {
        factor *= 1024;
    } else if (unit == "m") {
        factor *= std::size_t{1024} * 1024;
    } else if (!unit.empty()) {
        throw bad();
    }
    if (bytes > std::numeric_limits<std::size_t>::max() / 2 / factor) {
        throw bad();
    }
    bytes *= factor;
    if (bytes < host::kLeastHeapBytes) {
        throw UsageError(fmt::format("a heap of {} bytes is too small to start: at least {}", bytes,
                                     host::kLeastHeapBytes));
    }
    return bytes;
}

Program parse_run(const std::string& executable, const std::vector<std::string>& words) {
    const Split split = split_at_program(words);
    Program program;
    program.executable = executable;
    parse_options(split.options, program);
    parse_program(split.program, program);
    return program;
}

}  // namespace heddle::cli
