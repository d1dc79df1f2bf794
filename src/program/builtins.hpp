// Names of built-ins: nobody gives one another meaning, or else the search begins anew and tells all reads of
// them.
#pragma once

#include "program/accesses.hpp"

namespace heddle::program {

/// Is it no more than a read of a built-in by its name?
[[nodiscard]] bool only_reads_builtin(const Accesses& accesses) noexcept;

/// Might a name of a built-in mean something else after it?
[[nodiscard]] bool may_replace_builtin(const Access& access) noexcept;

}  // namespace heddle::program
