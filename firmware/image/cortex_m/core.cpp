// The vector table, the device interrupts, and the end.
#include "heddle_core.hpp"
#include "interrupts.hpp"
#include "mpy/micropython.hpp"

extern "C" {
extern std::uint32_t _estack;
void Reset_Handler(void);

/// What the core left on the stack of who failed: r0 to r3, r12, lr, pc, xPSR.
__attribute__((used)) void heddle_fault(const std::uint32_t* frame) {
    mp_printf(&mp_plat_print, "\nheddle: the processor has faulted at 0x%x, called from 0x%x\n",
              static_cast<unsigned>(frame[6]), static_cast<unsigned>(frame[5]));
    heddle::end_emulation(1);
}
}

namespace heddle {
namespace {

constexpr unsigned kExceptions = 16;

alignas(8) constinit unsigned char handler_stack[HEDDLE_HANDLER_STACK_BYTES] = {};

constinit void (*handlers[image::kInterrupts])() = {};

/// Which interrupt it is, the core knows.
void handle_interrupt() noexcept {
    std::uint32_t exception = 0;
    asm volatile("mrs %0, ipsr" : "=r"(exception));
    if (void (*handler)() = handlers[exception - kExceptions]; handler != nullptr) {
        handler();
    }
}

/// The first code that runs. MicroPython's start code knows no floating-point unit.
__attribute__((naked)) void reset() {
#if defined(__ARM_FP)
    asm volatile(
        "ldr r0, =0xE000ED88\n\t"
        "ldr r1, [r0]\n\t"
        "orr r1, r1, #0xF00000\n\t"
        "str r1, [r0]\n\t"
        "dsb\n\t"
        "isb");
#endif
    asm volatile(
        "ldr r0, =Reset_Handler\n\t"
        "bx r0\n\t"
        ".ltorg");
}

/// Any exception that nobody expects. MicroPython's handlers would print it and never end.
__attribute__((naked)) void handle_fault() {
    asm volatile(
        "movs r0, #4\n\t"
        "mov r1, lr\n\t"
        "tst r0, r1\n\t"
        "beq 1f\n\t"
        "mrs r0, psp\n\t"
        "b 2f\n\t"
        "1: mrs r0, msp\n\t"
        "2: ldr r1, =heddle_fault\n\t"
        "bx r1\n\t"
        ".ltorg");
}

union Vector {
    std::uint32_t* stack_top;
    void (*handler)();
};

struct Vectors {
    Vector exceptions[kExceptions];
    Vector interrupts[image::kInterrupts];
};

constexpr Vectors make_vectors() {
    Vectors vectors = {};
    for (Vector& vector : vectors.exceptions) {
        vector.handler = handle_fault;
    }
    vectors.exceptions[0].stack_top = &_estack;
    vectors.exceptions[1].handler = reset;
    vectors.exceptions[14].handler = heddle_cortex_m_switch;
    vectors.exceptions[15].handler = heddle_tick;
    for (Vector& vector : vectors.interrupts) {
        vector.handler = handle_interrupt;
    }
    return vectors;
}

// Where the linker script puts it, the core looks for it.
__attribute__((section(".heddle_vectors"), used)) constinit const Vectors vectors = make_vectors();

}  // namespace

void start_core() noexcept {
    Core::leave_main_stack(handler_stack + sizeof handler_stack);
    Core::start_ticks();
}

void end_emulation(int status) noexcept {
    constexpr std::uint32_t kExitExtended = 0x20;
    constexpr std::uint32_t kApplicationExit = 0x20026;
    const std::uint32_t block[2] = {kApplicationExit, static_cast<std::uint32_t>(status)};
    register std::uint32_t operation asm("r0") = kExitExtended;
    register const void* argument asm("r1") = block;
    asm volatile("bkpt 0xab" : "+r"(operation) : "r"(argument) : "memory");
    for (;;) {
    }
}

void image::attach_interrupt(unsigned interrupt, void (*handler)()) noexcept {
    handlers[interrupt] = handler;
}

}  // namespace heddle
