#include "port/rv32/rv32_core.hpp"

namespace heddle::port {
namespace {

constexpr std::uintptr_t kCompare = 0x02004000;
constexpr std::uintptr_t kTime = 0x0200BFF8;

constexpr std::uint32_t kNsPerCount = 1'000'000'000 / HEDDLE_TIMER_HZ;
constexpr std::uint64_t kCountsPerTick = HEDDLE_TIMER_HZ / 1000;
constexpr std::uint64_t kNever = UINT64_MAX;

constexpr unsigned long kTimer = 0x80000000 | 7;

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

// Written within traps only, which do not nest.
constinit bool handling = false;
constinit bool switch_wanted = false;

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

/// The beginning of a thread.
__attribute__((naked)) void begin() noexcept {
    asm volatile(
        "csrsi mstatus, 8\n\t"
        "jr s0");
}

}  // namespace

// What a switch leaves on a stack: ra, s0 to s11.
void* Rv32Core::new_frame(void* stack_top, void (*entry)()) noexcept {
    constexpr int kWords = 16;
    auto* frame =
        reinterpret_cast<std::uint32_t*>(reinterpret_cast<std::uintptr_t>(stack_top) & ~std::uintptr_t{15});
    frame -= kWords;
    frame[0] = reinterpret_cast<std::uintptr_t>(begin);
    frame[1] = reinterpret_cast<std::uintptr_t>(entry);
    return frame;
}

void Rv32Core::request_switch() noexcept { switch_wanted = true; }

bool Rv32Core::in_interrupt() noexcept { return handling; }

Instant Rv32Core::now() noexcept { return static_cast<Instant>(count() * kNsPerCount); }

void Rv32Core::start_ticks() noexcept {
    constexpr std::uint32_t kTimerInterrupt = 0x80;
    mask();
    next_tick = count() + kCountsPerTick;
    set_timer();
    asm volatile("csrs mie, %0" ::"r"(kTimerInterrupt));
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

/// What runs within a trap, on the handlers' stack: shall the thread that it has interrupted give way?
__attribute__((used)) bool heddle_rv32_trap(unsigned long cause) {
    using namespace heddle::port;
    handling = true;
    if (cause == kTimer) {
        handle_timer();
    } else {
        heddle_external_trap(cause);
    }
    handling = false;
    const bool wanted = switch_wanted;
    switch_wanted = false;
    return wanted;
}

alignas(16) static unsigned char handler_stack[HEDDLE_HANDLER_STACK_BYTES];

// A handler keeps what a function keeps: the other registers are saved here, and those by a switch only.
__attribute__((naked, aligned(4))) void heddle_rv32_entry() {
    asm volatile(
        "addi sp, sp, -80\n\t"
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
        "csrr a0, mcause\n\t"
        "mv s0, sp\n\t"
        "la sp, %0\n\t"
        "call heddle_rv32_trap\n\t"
        "mv sp, s0\n\t"
        "beqz a0, 1f\n\t"
        "csrr a0, mepc\n\t"
        "csrr a1, mstatus\n\t"
        "sw a0, 68(sp)\n\t"
        "sw a1, 72(sp)\n\t"
        "call heddle_rv32_switch\n\t"
        "lw a0, 68(sp)\n\t"
        "lw a1, 72(sp)\n\t"
        "csrw mepc, a0\n\t"
        "csrw mstatus, a1\n\t"
        "1: lw ra, 0(sp)\n\t"
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
        "addi sp, sp, 80\n\t"
        "mret" ::"i"(handler_stack + sizeof handler_stack));
}

// For whoever calls it, a function: the other registers are the caller's to save.
__attribute__((naked)) void heddle_rv32_switch() {
    asm volatile(
        "addi sp, sp, -64\n\t"
        "sw ra, 0(sp)\n\t"
        "sw s0, 4(sp)\n\t"
        "sw s1, 8(sp)\n\t"
        "sw s2, 12(sp)\n\t"
        "sw s3, 16(sp)\n\t"
        "sw s4, 20(sp)\n\t"
        "sw s5, 24(sp)\n\t"
        "sw s6, 28(sp)\n\t"
        "sw s7, 32(sp)\n\t"
        "sw s8, 36(sp)\n\t"
        "sw s9, 40(sp)\n\t"
        "sw s10, 44(sp)\n\t"
        "sw s11, 48(sp)\n\t"
        "mv a0, sp\n\t"
        "call heddle_switch_from\n\t"
        "mv sp, a0\n\t"
        "lw ra, 0(sp)\n\t"
        "lw s0, 4(sp)\n\t"
        "lw s1, 8(sp)\n\t"
        "lw s2, 12(sp)\n\t"
        "lw s3, 16(sp)\n\t"
        "lw s4, 20(sp)\n\t"
        "lw s5, 24(sp)\n\t"
        "lw s6, 28(sp)\n\t"
        "lw s7, 32(sp)\n\t"
        "lw s8, 36(sp)\n\t"
        "lw s9, 40(sp)\n\t"
        "lw s10, 44(sp)\n\t"
        "lw s11, 48(sp)\n\t"
        "addi sp, sp, 64\n\t"
        "ret");
}

}  // extern "C"

namespace heddle::port {

void Rv32Core::take_traps() noexcept {
    Critical critical;
    asm volatile("csrw mtvec, %0" ::"r"(&heddle_rv32_entry));
}

}  // namespace heddle::port
