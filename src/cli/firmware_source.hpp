// Heddle's firmware as sources, and the boards that it has images for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace heddle::cli {

/// What keeps an image from being built or run, in one line; or more, where another program has said what.
class ImageError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A board that QEMU emulates, as its folder's emulator.mk says.
struct Target {
    std::string name;
    std::string description;
    std::string compiler;  ///< the program
    std::string emulator;  ///< the program
    std::vector<std::string> emulator_options;
    std::uint64_t script_address = 0;
    std::size_t script_room = 0;  ///< bytes from there
};

/// The folder that has firmware/ in it: `given`, if it is not empty, or $HEDDLE_SOURCE, or what was installed
/// with this program, or what it was built from. Throws ImageError.
[[nodiscard]] std::filesystem::path find_source(const std::string& given);

/// Sorted by name. Throws ImageError.
[[nodiscard]] std::vector<Target> targets_of(const std::filesystem::path& source);

/// Throws ImageError, which names all that there are.
[[nodiscard]] Target find_target(const std::filesystem::path& source, const std::string& name);

/// The same for the same contents of all files that images are made of. Throws ImageError.
[[nodiscard]] std::string fingerprint_of(const std::filesystem::path& source);

/// The program's file, as a shell would find it; empty if there is none.
[[nodiscard]] std::string find_program(const std::string& name);

}  // namespace heddle::cli
