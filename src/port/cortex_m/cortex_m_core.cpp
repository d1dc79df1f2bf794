#include "port/cortex_m/cortex_m_core.hpp"

namespace heddle::port {
namespace {

constexpr std::uint32_t kCyclesPerTick = HEDDLE_CPU_HZ / 1000;

// Of the board's counter.
constexpr std::uint32_t kNsPerCount = 1'000'000'000 / HEDDLE_CLOCK_HZ;
static_assert(kNsPerCount * std::uint64_t{HEDDLE_CLOCK_HZ} == 1'000'000'000);

volatile std::uint32_t& at(std::uintptr_t address) noexcept {
    return *reinterpret_cast<volatile std::uint32_t*>(address);
}

volatile std::uint32_t& systick_control() noexcept { return at(0xE000E010); }
volatile std::uint32_t& systick_reload() noexcept { return at(0xE000E014); }
volatile std::uint32_t& systick_value() noexcept { return at(0xE000E018); }
volatile std::uint32_t& system_priorities() noexcept { return at(0xE000ED20); }

// What the counter said last, and how often it had begun anew. With interrupts masked.
constinit std::uint32_t last_count = 0;
constinit std::uint32_t rounds = 0;

}  // namespace

// What PendSV leaves on a stack, from the stack pointer on: r4 to r11, the way to return; what the core
// leaves: r0 to r3, r12, lr, pc, xPSR.
void* CortexMCore::new_frame(void* stack_top, void (*entry)()) noexcept {
    constexpr std::uint32_t kThreadOnProcessStack = 0xFFFFFFFD;
    constexpr std::uint32_t kThumb = 1U << 24;
    auto* frame =
        reinterpret_cast<std::uint32_t*>(reinterpret_cast<std::uintptr_t>(stack_top) & ~std::uintptr_t{7});
    frame -= 17;
    for (int word = 0; word < 15; ++word) {
        frame[word] = 0;
    }
    frame[8] = kThreadOnProcessStack;
    frame[15] = reinterpret_cast<std::uintptr_t>(entry) & ~std::uintptr_t{1};
    frame[16] = kThumb;
    return frame;
}

void CortexMCore::leave_main_stack(void* handler_stack_top) noexcept {
    asm volatile(
        "cpsid i\n\t"
        "mov r0, sp\n\t"
        "msr psp, r0\n\t"
        "movs r0, #2\n\t"
        "msr control, r0\n\t"
        "isb\n\t"
        "msr msp, %0\n\t"
        "cpsie i" ::"r"(handler_stack_top)
        : "r0", "memory");
}

void CortexMCore::start_ticks() noexcept {
    constexpr std::uint32_t kLowestOfBoth = 0xFFFF0000;
    constexpr std::uint32_t kCoreClockInterruptEnable = 7;
    heddle_start_clock();
    system_priorities() = kLowestOfBoth;
    systick_reload() = kCyclesPerTick - 1;
    systick_value() = 0;
    systick_control() = kCoreClockInterruptEnable;
}

Instant CortexMCore::now() noexcept {
    Critical critical;
    const std::uint32_t count = heddle_clock_count();
    if (count < last_count) {
        ++rounds;
    }
    last_count = count;
    return static_cast<Instant>((std::uint64_t{rounds} << 32 | count) * kNsPerCount);
}

}  // namespace heddle::port

extern "C" {

#if defined(__ARM_FP)
#define SAVE_FLOATS "tst lr, #0x10\n\tit eq\n\tvstmdbeq r0!, {s16-s31}\n\t"
#define RESTORE_FLOATS "tst lr, #0x10\n\tit eq\n\tvldmiaeq r0!, {s16-s31}\n\t"
#else
#define SAVE_FLOATS
#define RESTORE_FLOATS
#endif

#if __ARM_ARCH >= 7

__attribute__((naked)) void heddle_cortex_m_switch(void) {
    asm volatile("mrs r0, psp\n\t" SAVE_FLOATS
                 "stmdb r0!, {r4-r11, lr}\n\t"
                 "cpsid i\n\t"
                 "bl heddle_switch_from\n\t"
                 "cpsie i\n\t"
                 "ldmia r0!, {r4-r11, lr}\n\t" RESTORE_FLOATS
                 "msr psp, r0\n\t"
                 "bx lr");
}

#else  // The small cores store and load r0 to r7 only.

__attribute__((naked)) void heddle_cortex_m_switch(void) {
    asm volatile(
        ".syntax unified\n\t"
        "mrs r0, psp\n\t"
        "subs r0, #36\n\t"
        "stmia r0!, {r4-r7}\n\t"
        "mov r4, r8\n\t"
        "mov r5, r9\n\t"
        "mov r6, r10\n\t"
        "mov r7, r11\n\t"
        "stmia r0!, {r4-r7}\n\t"
        "mov r3, lr\n\t"
        "str r3, [r0]\n\t"
        "subs r0, #32\n\t"
        "cpsid i\n\t"
        "bl heddle_switch_from\n\t"
        "cpsie i\n\t"
        "ldr r3, [r0, #32]\n\t"
        "mov lr, r3\n\t"
        "adds r0, #16\n\t"
        "ldmia r0!, {r4-r7}\n\t"
        "mov r8, r4\n\t"
        "mov r9, r5\n\t"
        "mov r10, r6\n\t"
        "mov r11, r7\n\t"
        "subs r0, #32\n\t"
        "ldmia r0!, {r4-r7}\n\t"
        "adds r0, #20\n\t"
        "msr psp, r0\n\t"
        "bx lr\n\t"
        ".syntax divided");
}

#endif

}  // extern "C"
