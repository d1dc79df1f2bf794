// Images of boards, built where there is none yet.
#pragma once

#include <filesystem>

#include "cli/firmware_source.hpp"

namespace heddle::cli {

/// The target's image, of the sources as they are now. Kept in $XDG_CACHE_HOME/heddle/images, or in
/// ~/.cache/heddle/images; built by the sources' firmware/build if it is not there, which is said on standard
/// error. Several processes may ask for the same one: one builds it. Throws ImageError.
[[nodiscard]] std::filesystem::path image_of(const std::filesystem::path& source, const Target& target);

}  // namespace heddle::cli
