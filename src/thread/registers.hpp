// The registers that a called function must preserve: a caller's pointers may be in them and nowhere else.
#pragma once

#include <array>
#include <cstdint>

namespace heddle::thread {

#if defined(__x86_64__)

using Registers = std::array<std::uintptr_t, 6>;

inline void save_registers(Registers& registers) noexcept {
    asm volatile(
        "movq %%rbx, 0(%0)\n\t"
        "movq %%rbp, 8(%0)\n\t"
        "movq %%r12, 16(%0)\n\t"
        "movq %%r13, 24(%0)\n\t"
        "movq %%r14, 32(%0)\n\t"
        "movq %%r15, 40(%0)"
        :
        : "r"(registers.data())
        : "memory");
}

#elif defined(__aarch64__)

using Registers = std::array<std::uintptr_t, 12>;

inline void save_registers(Registers& registers) noexcept {
    asm volatile(
        "stp x19, x20, [%0]\n\t"
        "stp x21, x22, [%0, #16]\n\t"
        "stp x23, x24, [%0, #32]\n\t"
        "stp x25, x26, [%0, #48]\n\t"
        "stp x27, x28, [%0, #64]\n\t"
        "str x29, [%0, #80]"
        :
        : "r"(registers.data())
        : "memory");
}

#else
#error "list the registers that a called function preserves on this processor"
#endif

}  // namespace heddle::thread
