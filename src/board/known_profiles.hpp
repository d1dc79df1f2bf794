// The files in profiles/, as text in the program.
#pragma once

#include <span>
#include <string_view>

namespace heddle::board {

struct KnownProfile {
    std::string_view name;
    std::string_view text;
};

/// In the order of their names. Generated when the program is built.
extern const std::span<const KnownProfile> kKnownProfiles;

}  // namespace heddle::board
