// Traps of devices, and the end.
#include "heddle_core.hpp"

extern "C" {
void exit(int status);
void mtvec_exception(void);

// What firmware/devices/ defines in images that have them.
__attribute__((weak)) void heddle_alarm_rings(void) {}

// MicroPython's handler prints where it was, and ends.
void heddle_external_trap(unsigned long) { mtvec_exception(); }
}

namespace heddle {

void start_core() noexcept {
    Core::take_traps();
    Core::start_ticks();
}

// MicroPython's, which hands the status to the emulator.
void end_emulation(int status) noexcept {
    exit(status);
    for (;;) {
    }
}

}  // namespace heddle
