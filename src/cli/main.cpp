// The command `heddle`.
#include <cstdio>
#include <string>
#include <system_error>
#include <vector>

#include "cli/board_command.hpp"
#include "cli/boards.hpp"
#include "cli/check_command.hpp"
#include "cli/command_line.hpp"
#include "report/replay.hpp"

namespace {

using Words = std::vector<std::string>;

struct Subcommand {
    const char* name;
    int (*run)(const std::string& executable, const Words& words);
};

int run(const std::string& executable, const Words& words) {
    return heddle::host::run_program(heddle::cli::parse_run(executable, words));
}

int boards(const std::string&, const Words& words) {
    std::fputs(heddle::cli::describe_boards(words).c_str(), stdout);
    return 0;
}

constexpr Subcommand kSubcommands[] = {
    {"board", heddle::cli::board},   {"boards", boards}, {"check", heddle::cli::check},
    {"replay", heddle::cli::replay}, {"run", run},
};

/// `heddle SCRIPT` is `heddle run SCRIPT`.
int dispatch(const std::string& executable, Words words) {
    for (const Subcommand& subcommand : kSubcommands) {
        if (!words.empty() && words[0] == subcommand.name) {
            words.erase(words.begin());
            return subcommand.run(executable, words);
        }
    }
    return run(executable, words);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string executable = argc > 0 ? argv[0] : "heddle";
    try {
        return dispatch(executable, Words(argv + (argc > 0 ? 1 : 0), argv + argc));
    } catch (const heddle::cli::Answer& answer) {
        std::fputs(answer.what(), stdout);
        return 0;
    } catch (const heddle::report::ReplayError& error) {
        std::fprintf(stderr, "%s: %s\n", executable.c_str(), error.what());
        return 2;
    } catch (const heddle::board::FileError& error) {
        std::fprintf(stderr, "%s: %s\n", executable.c_str(), error.what());
        return 2;
    } catch (const std::system_error& error) {  // the system has no memory or no process
        std::fprintf(stderr, "%s: %s\n", executable.c_str(), error.what());
        return 3;
    } catch (const heddle::cli::UsageError& error) {
        std::fprintf(stderr, "%s: %s (-h for help)\n", executable.c_str(), error.what());
        return 2;
    }
}
