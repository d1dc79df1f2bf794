#include "cli/boards.hpp"

#include <fmt/core.h>

#include "board/profile.hpp"
#include "cli/command_line.hpp"

namespace heddle::cli {
namespace {

constexpr char kHelp[] =
    "Usage: heddle boards [NAME]\n\n"
    "Lists the boards that 'heddle run --board' knows; for NAME, prints that board's profile, which a file "
    "of\n"
    "one's own can start from.\n";

std::string list() {
    std::string text;
    for (const board::Profile& profile : board::known_profiles()) {
        text += fmt::format("{:<10} {}\n", profile.name, profile.description);
    }
    return text;
}

}  // namespace

std::string describe_boards(const std::vector<std::string>& words) {
    if (words.empty()) {
        return list();
    }
    if (words[0] == "-h" || words[0] == "--help") {
        throw Answer(kHelp);
    }
    if (words.size() > 1 || words[0].front() == '-') {
        throw UsageError("'heddle boards' takes one name at most");
    }
    const std::string_view text = board::profile_text(words[0]);
    if (text.empty()) {
        static_cast<void>(board::load_profile(words[0]));  // says which names there are
        throw UsageError(fmt::format("'{}' is a file, not the name of a board", words[0]));
    }
    return std::string(text);
}

}  // namespace heddle::cli
