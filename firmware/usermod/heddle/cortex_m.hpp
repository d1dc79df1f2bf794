// What Cortex-M cores have, on other cores never called.
#pragma once

#include <cstdint>

namespace heddle::firmware {

#if defined(__ARM_ARCH_PROFILE)
inline constexpr bool kIsCortexM = __ARM_ARCH_PROFILE == 'M';
#else
inline constexpr bool kIsCortexM = false;
#endif

/// While one lives, no interrupt handler runs on this core. Not every port of MicroPython has an atomic
/// section.
class InterruptMask {
  public:
    InterruptMask() noexcept { asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(state_) : : "memory"); }
    ~InterruptMask() { asm volatile("msr primask, %0" : : "r"(state_) : "memory"); }
    InterruptMask(const InterruptMask&) = delete;
    InterruptMask& operator=(const InterruptMask&) = delete;

  private:
    std::uint32_t state_;
};

/// Is the caller an interrupt handler?
inline bool is_in_handler() noexcept {
    std::uint32_t exception = 0;
    asm volatile("mrs %0, ipsr" : "=r"(exception));
    return exception != 0;
}

}  // namespace heddle::firmware
