// RV32 in machine mode with a CLINT, as QEMU's `virt` board: one trap for all interrupts, whose end may be a
// switch; a tick is the timer's.
#pragma once

#include <cstdint>

#include "port/core.hpp"

extern "C" void heddle_rv32_switch();

namespace heddle::port {

/// An image that uses this port defines heddle_switch_from() and heddle_tick(), and heddle_external_trap()
/// for the causes that are not the timer's interrupt.
struct Rv32Core {
    /// Keeps handlers out; gives what unmask() then takes. Any context.
    static std::uint32_t mask() noexcept {
        std::uint32_t before = 0;
        asm volatile("csrrci %0, mstatus, 8" : "=r"(before)::"memory");
        return before;
    }
    static void unmask(std::uint32_t before) noexcept {
        asm volatile("csrs mstatus, %0" ::"r"(before & kInterruptsEnabled) : "memory");
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
    static void give_way() noexcept { heddle_rv32_switch(); }
    static void request_switch() noexcept;
    static void relax() noexcept { asm volatile("" ::: "memory"); }
    static void wait_for_interrupt() noexcept { asm volatile("wfi" ::: "memory"); }
    static bool in_interrupt() noexcept;
    static bool is_masked() noexcept {
        std::uint32_t status = 0;
        asm volatile("csrr %0, mstatus" : "=r"(status));
        return (status & kInterruptsEnabled) == 0;
    }
    /// Since the board was switched on.
    static Instant now() noexcept;

    /// From now on all traps come to this port.
    static void take_traps() noexcept;
    /// Interrupts are on from then on.
    static void start_ticks() noexcept;

  private:
    static constexpr std::uint32_t kInterruptsEnabled = 8;
};

static_assert(Core<Rv32Core>);

}  // namespace heddle::port

extern "C" {
// The image's: Kernel::switch_from() and Kernel::tick() of its kernel.
void* heddle_switch_from(void* stack_pointer);
void heddle_tick(void);
// A second use of the timer that makes the ticks: heddle_alarm_rings() is called once, in the trap, as soon
// as now() has reached `when`; kForever takes it back. Any context. heddle_alarm_rings() is the image's, and
// may set the next alarm.
void heddle_set_alarm(int64_t when);
void heddle_alarm_rings(void);
// The image's: any other trap, by its cause as mcause has it.
void heddle_external_trap(unsigned long cause);
}
