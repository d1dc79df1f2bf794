// Scenes: files that say what the outside does to a board, and when. docs/scenes.md has their format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "board/board.hpp"
#include "board/profile.hpp"
#include "board/scene_player.hpp"

namespace heddle::board {

struct Scene {
    std::vector<SceneEvent> events;  ///< in the order of their times
    Time timer_jitter_ns = 0;        ///< the most
    std::uint64_t seed = 1;          ///< of the jitter, and of the buttons' bounces

    friend bool operator==(const Scene&, const Scene&) = default;
};

/// Throws FileError: `FILE:LINE: ...`, or `FILE: ...` if it cannot be read.
[[nodiscard]] Scene load_scene(const std::string& path, const Profile& profile);

/// `file` is for messages. Throws FileError.
[[nodiscard]] Scene parse_scene(std::string_view text, const std::string& file, const Profile& profile);

/// A file with the events one by one, which parse_scene() makes the same scene of: this is how what happened
/// is recorded. Precondition: the events are in the order of their times, and name pins of the profile.
[[nodiscard]] std::string write_scene(const Scene& scene, const Profile& profile);

/// From now on, its jitter included. `scene` outlives the board. Precondition: it was made for the board's
/// profile.
void play(const Scene& scene, Board& board);

}  // namespace heddle::board
