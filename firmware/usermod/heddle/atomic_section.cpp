#include "atomic_section.hpp"

#include "mpy/micropython.hpp"

namespace heddle::firmware {

std::uintptr_t begin_atomic_section() noexcept { return MICROPY_BEGIN_ATOMIC_SECTION(); }

void end_atomic_section(std::uintptr_t state) noexcept { MICROPY_END_ATOMIC_SECTION(state); }

}  // namespace heddle::firmware
