// One MicroPython program, from the options of a command line to an exit status.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "board/profile.hpp"
#include "board/scene.hpp"

namespace heddle::host {

enum class Source {
    script,    ///< `text` is a file's path
    command,   ///< `text` is Python
    module,    ///< `text` is a module's name
    terminal,  ///< the REPL, or Python on standard input
};

struct Program {
    std::string executable;
    board::Profile board;
    board::Scene scene;        ///< what the outside does to the board
    std::string record_scene;  ///< a file to write what it did to; empty: none
    bool watch = false;        ///< a view of the board while it runs, on stderr
    double stay_s = 0;         ///< the board stays on for so long after the program's end
    bool statistics = false;   ///< how often interrupts came is told at the end, on stderr

    Source source = Source::terminal;
    std::string text;
    std::vector<std::string> arguments;  ///< sys.argv

    std::size_t heap_bytes = std::size_t{2} * 1024 * 1024;
    std::size_t thread_limit = 0;  ///< the most threads at once, the main one included; 0: no limit
    int optimise = 0;              ///< as -O
    int verbose = 0;               ///< as -v
    bool inspect = false;          ///< the REPL follows
    bool compile_only = false;
};

/// The smallest heap that the interpreter starts in.
inline constexpr std::size_t kLeastHeapBytes = std::size_t{16} * 1024;

/// The largest heap of a program that is explored: its snapshots hold what it uses, and a table all of it.
inline constexpr std::size_t kMostExploredHeapBytes = std::size_t{4} * 1024 * 1024 * 1024;

/// What `--version` and the prompt's banner say.
[[nodiscard]] std::string version();

/// Runs the program. Its exit status, as MicroPython's own program gives it. Called once a process, on its
/// first thread.
[[nodiscard]] int run_program(const Program& program);

}  // namespace heddle::host
