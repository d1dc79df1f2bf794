// Registers of the hardware.
#pragma once

#include <cstdint>

namespace heddle::firmware {

inline volatile std::uint32_t& register_at(std::uintptr_t address) noexcept {
    return *reinterpret_cast<volatile std::uint32_t*>(address);
}

}  // namespace heddle::firmware
