// Cortex-M0 to M7: threads on the process stack, switches in PendSV, a tick of SysTick, PRIMASK for critical
// sections.
#pragma once

#include <cstdint>

#include "port/core.hpp"

namespace heddle::port {

/// PendSV and SysTick have the lowest priority, so that they only ever interrupt threads. An image that uses
/// this port gives these two exceptions' entries in its vector table to heddle_cortex_m_switch and
/// heddle_tick, and defines what stands at the end of this file.
struct CortexMCore {
    /// Keeps handlers out; gives what unmask() then takes. Any context.
    static std::uint32_t mask() noexcept {
        std::uint32_t before = 0;
        asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(before)::"memory");
        return before;
    }
    static void unmask(std::uint32_t before) noexcept {
        // A switch that waited for this happens before the next instruction.
        asm volatile("msr primask, %0\n\tisb" ::"r"(before) : "memory");
    }

    class Critical {
      public:
        Critical() noexcept : before_(mask()) {}
        ~Critical() { unmask(before_); }
        Critical(const Critical&) = delete;
        Critical& operator=(const Critical&) = delete;

      private:
        std::uint32_t before_;
    };

    static void* new_frame(void* stack_top, void (*entry)()) noexcept;
    static void give_way() noexcept {
        request_switch();
        // The switch happens before the barrier ends.
        asm volatile("cpsie i\n\tisb\n\tcpsid i" ::: "memory");
    }
    static void request_switch() noexcept {
        constexpr std::uint32_t kSetPendSv = 1U << 28;
        interrupt_control() = kSetPendSv;
        asm volatile("dsb" ::: "memory");
    }
    static void relax() noexcept { asm volatile("" ::: "memory"); }
    static void wait_for_interrupt() noexcept { asm volatile("wfi" ::: "memory"); }
    static bool in_interrupt() noexcept {
        std::uint32_t exception = 0;
        asm volatile("mrs %0, ipsr" : "=r"(exception));
        return exception != 0;
    }
    static bool is_masked() noexcept {
        std::uint32_t mask = 0;
        asm volatile("mrs %0, primask" : "=r"(mask));
        return mask != 0;
    }
    /// Since start_ticks(), as exact as the board's counter, of which no round may pass without a call: ticks
    /// make one, so it is interrupts that may not be masked for that long.
    static Instant now() noexcept;

    /// From now on the caller runs on the process stack, where it is; handlers have `handler_stack_top`.
    static void leave_main_stack(void* handler_stack_top) noexcept;
    static void start_ticks() noexcept;

  private:
    static volatile std::uint32_t& interrupt_control() noexcept {
        return *reinterpret_cast<volatile std::uint32_t*>(0xE000ED04);
    }
};

static_assert(Core<CortexMCore>);

}  // namespace heddle::port

extern "C" {
void heddle_cortex_m_switch(void);

// The image's: Kernel::switch_from() and Kernel::tick() of its kernel.
void* heddle_switch_from(void* stack_pointer);
void heddle_tick(void);
// The board's counter: HEDDLE_CLOCK_HZ times a second one more, from 0 on, 32 bits. With interrupts masked.
void heddle_start_clock(void);
uint32_t heddle_clock_count(void);
}
