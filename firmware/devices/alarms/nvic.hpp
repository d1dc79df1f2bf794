// The interrupt controller of a Cortex-M.
#pragma once

#include <cstdint>

#include "devices/alarms/registers.hpp"

namespace heddle::firmware::nvic {

/// Forgets that the interrupt is pending. Precondition: `interrupt` < 32.
inline void withdraw(unsigned interrupt) noexcept {
    register_at(0xE000'E280) = std::uint32_t{1} << interrupt;
}

/// As if it had come. Precondition: `interrupt` < 32.
inline void raise(unsigned interrupt) noexcept { register_at(0xE000'E200) = std::uint32_t{1} << interrupt; }

/// More urgent than what switches threads, which has the lowest priority. Precondition: `interrupt` < 32.
inline void enable(unsigned interrupt) noexcept {
    constexpr std::uint32_t kPriority = 0x40;
    // A Cortex-M0 takes whole words only.
    volatile std::uint32_t& priorities = register_at(0xE000'E400 + (interrupt & ~3U));
    const unsigned shift = (interrupt & 3U) * 8;
    priorities = (priorities & ~(std::uint32_t{0xff} << shift)) | kPriority << shift;
    withdraw(interrupt);
    register_at(0xE000'E100) = std::uint32_t{1} << interrupt;
}

}  // namespace heddle::firmware::nvic
