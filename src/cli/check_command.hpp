// The commands `heddle check` and `heddle replay`.
#pragma once

#include <string>
#include <vector>

namespace heddle::cli {

/// Their exit statuses. Throw UsageError, Answer, board::FileError or report::ReplayError.
[[nodiscard]] int check(const std::string& executable, const std::vector<std::string>& words);
[[nodiscard]] int replay(const std::string& executable, const std::vector<std::string>& words);

}  // namespace heddle::cli
