// The command `heddle board`.
#pragma once

#include <string>
#include <vector>

namespace heddle::cli {

/// Its exit status. Throws UsageError or Answer.
[[nodiscard]] int board(const std::string& executable, const std::vector<std::string>& words);

}  // namespace heddle::cli
