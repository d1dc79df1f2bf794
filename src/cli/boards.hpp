// What `heddle boards` prints.
#pragma once

#include <string>
#include <vector>

namespace heddle::cli {

/// A list of the boards that come with heddle; or, for one name in `words`, that board's profile as a file.
/// Throws UsageError or Answer.
[[nodiscard]] std::string describe_boards(const std::vector<std::string>& words);

}  // namespace heddle::cli
