#include "port/rv32/rv32_core.hpp"

namespace heddle::port {
namespace {

constexpr std::uintptr_t kSoftwareInterrupt = 0x02000000;
constexpr std::uintptr_t kCompare = 0x02004000;
constexpr std::uintptr_t kTime = 0x0200BFF8;

constexpr std::uint32_t kNsPerCount = 1'000'000'000 / HEDDLE_TIMER_HZ;
constexpr std::uint64_t kCountsPerTick = HEDDLE_TIMER_HZ / 1000;
constexpr std::uint64_t kNever = UINT64_MAX;

constexpr unsigned long kInterrupt = 0x80000000;
constexpr unsigned long kSoftware = kInterrupt | 3;
constexpr unsigned long kTimer = kInterrupt | 7;

volatile std::uint32_t& at(std::uintptr_t address) noexcept {
    return *reinterpret_cast<volatile std::uint32_t*>(address);
}

std::uint64_t count() noexcept {
    for (;;) {
        const std::uint32_t high = at(kTime + 4);
        const std::uint32_t low = at(kTime);
        if (at(kTime + 4) == high) {
            return std::uint64_t{high} << 32 | low;
        }
    }
}

constinit bool handling = false;
constinit std::uint64_t next_tick = kNever;
constinit std::uint64_t next_alarm = kNever;

/// With interrupts masked.
void set_timer() noexcept {
    const std::uint64_t when = next_tick < next_alarm ? next_tick : next_alarm;
    at(kCompare) = UINT32_MAX;  // so that no value in between is early
    at(kCompare + 4) = static_cast<std::uint32_t>(when >> 32);
    at(kCompare) = static_cast<std::uint32_t>(when);
}

void handle_timer() noexcept {
    const std::uint64_t now = count();
    if (now >= next_alarm) {
        next_alarm = kNever;
        heddle_alarm_rings();
    }
    if (now >= next_tick) {
        // Those that came while interrupts were masked are one.
        while (now >= next_tick) {
            next_tick += kCountsPerTick;
        }
        heddle_tick();
    }
    set_timer();
}

/// Anything but a switch.
__attribute__((noinline)) void handle(unsigned long cause) noexcept {
    handling = true;
    if (cause == kTimer) {
        handle_timer();
    } else {
        heddle_external_trap(cause);
    }
    handling = false;
}

}  // namespace

// What the trap leaves on a stack: ra, t0 to t6, a0 to a7, s0 to s11, mepc, mstatus.
void* Rv32Core::new_frame(void* stack_top, void (*entry)()) noexcept {
    constexpr int kWords = 32;
    constexpr std::uint32_t kMachineModeInterruptsOn = 0x1880;
    auto* frame =
        reinterpret_cast<std::uint32_t*>(reinterpret_cast<std::uintptr_t>(stack_top) & ~std::uintptr_t{15});
    frame -= kWords;
    for (int word = 0; word < kWords; ++word) {
        frame[word] = 0;
    }
    frame[28] = reinterpret_cast<std::uintptr_t>(entry);
    frame[29] = kMachineModeInterruptsOn;
    return frame;
}

void Rv32Core::request_switch() noexcept { at(kSoftwareInterrupt) = 1; }

bool Rv32Core::in_interrupt() noexcept { return handling; }

Instant Rv32Core::now() noexcept { return static_cast<Instant>(count() * kNsPerCount); }

void Rv32Core::start_ticks() noexcept {
    constexpr std::uint32_t kSoftwareAndTimer = 0x88;
    mask();
    next_tick = count() + kCountsPerTick;
    set_timer();
    asm volatile("csrs mie, %0" ::"r"(kSoftwareAndTimer));
    unmask(kInterruptsEnabled);
}

}  // namespace heddle::port

extern "C" {

void heddle_set_alarm(std::int64_t when) {
    using namespace heddle::port;
    Rv32Core::Critical critical;
    // Rounded up: never early.
    next_alarm =
        when == kForever ? kNever : (static_cast<std::uint64_t>(when) + kNsPerCount - 1) / kNsPerCount;
    set_timer();
}

/// What runs within a trap, on the handlers' stack: the stack pointer that the trap returns with.
__attribute__((used)) void* heddle_rv32_trap(unsigned long cause, void* stack_pointer) {
    using namespace heddle::port;
    if (cause != kSoftware) {
        handle(cause);
    }
    if (at(kSoftwareInterrupt) == 0) {
        return stack_pointer;
    }
    at(kSoftwareInterrupt) = 0;
    return heddle_switch_from(stack_pointer);
}

alignas(16) static unsigned char handler_stack[HEDDLE_HANDLER_STACK_BYTES];

__attribute__((naked, aligned(4))) void heddle_rv32_entry() {
    asm volatile(
        "addi sp, sp, -128\n\t"
        "sw ra, 0(sp)\n\t"
        "sw t0, 4(sp)\n\t"
        "sw t1, 8(sp)\n\t"
        "sw t2, 12(sp)\n\t"
        "sw t3, 16(sp)\n\t"
        "sw t4, 20(sp)\n\t"
        "sw t5, 24(sp)\n\t"
        "sw t6, 28(sp)\n\t"
        "sw a0, 32(sp)\n\t"
        "sw a1, 36(sp)\n\t"
        "sw a2, 40(sp)\n\t"
        "sw a3, 44(sp)\n\t"
        "sw a4, 48(sp)\n\t"
        "sw a5, 52(sp)\n\t"
        "sw a6, 56(sp)\n\t"
        "sw a7, 60(sp)\n\t"
        "sw s0, 64(sp)\n\t"
        "sw s1, 68(sp)\n\t"
        "sw s2, 72(sp)\n\t"
        "sw s3, 76(sp)\n\t"
        "sw s4, 80(sp)\n\t"
        "sw s5, 84(sp)\n\t"
        "sw s6, 88(sp)\n\t"
        "sw s7, 92(sp)\n\t"
        "sw s8, 96(sp)\n\t"
        "sw s9, 100(sp)\n\t"
        "sw s10, 104(sp)\n\t"
        "sw s11, 108(sp)\n\t"
        "csrr t0, mepc\n\t"
        "csrr t1, mstatus\n\t"
        "sw t0, 112(sp)\n\t"
        "sw t1, 116(sp)\n\t"
        "csrr a0, mcause\n\t"
        "mv a1, sp\n\t"
        "la sp, %0\n\t"
        "call heddle_rv32_trap\n\t"
        "mv sp, a0\n\t"
        "lw t0, 112(sp)\n\t"
        "lw t1, 116(sp)\n\t"
        "csrw mepc, t0\n\t"
        "csrw mstatus, t1\n\t"
        "lw ra, 0(sp)\n\t"
        "lw t0, 4(sp)\n\t"
        "lw t1, 8(sp)\n\t"
        "lw t2, 12(sp)\n\t"
        "lw t3, 16(sp)\n\t"
        "lw t4, 20(sp)\n\t"
        "lw t5, 24(sp)\n\t"
        "lw t6, 28(sp)\n\t"
        "lw a0, 32(sp)\n\t"
        "lw a1, 36(sp)\n\t"
        "lw a2, 40(sp)\n\t"
        "lw a3, 44(sp)\n\t"
        "lw a4, 48(sp)\n\t"
        "lw a5, 52(sp)\n\t"
        "lw a6, 56(sp)\n\t"
        "lw a7, 60(sp)\n\t"
        "lw s0, 64(sp)\n\t"
        "lw s1, 68(sp)\n\t"
        "lw s2, 72(sp)\n\t"
        "lw s3, 76(sp)\n\t"
        "lw s4, 80(sp)\n\t"
        "lw s5, 84(sp)\n\t"
        "lw s6, 88(sp)\n\t"
        "lw s7, 92(sp)\n\t"
        "lw s8, 96(sp)\n\t"
        "lw s9, 100(sp)\n\t"
        "lw s10, 104(sp)\n\t"
        "lw s11, 108(sp)\n\t"
        "addi sp, sp, 128\n\t"
        "mret" ::"i"(handler_stack + sizeof handler_stack));
}

}  // extern "C"

namespace heddle::port {

void Rv32Core::take_traps() noexcept {
    Critical critical;
    asm volatile("csrw mtvec, %0" ::"r"(&heddle_rv32_entry));
}

}  // namespace heddle::port
