// Names of built-ins: nobody gives one another meaning, or else the search begins anew and tells all reads of
// them. Only host/explored_*.cpp include this.
#pragma once

#include "host/accesses.hpp"

namespace heddle::host::explored {

/// Is it no more than a read of a built-in by its name?
[[nodiscard]] bool only_reads_builtin(const Accesses& accesses) noexcept;

/// Might a name of a built-in mean something else after it?
[[nodiscard]] bool may_replace_builtin(const Access& access) noexcept;

}  // namespace heddle::host::explored
