// The timer of a RISC-V core, which the kernel's tick shares.
#include "devices/alarm.hpp"
#include "port/rv32/rv32_core.hpp"

namespace heddle::firmware::alarm {

void install() noexcept {}

void set(devices::Time deadline) noexcept { heddle_set_alarm(deadline); }

void cancel() noexcept { heddle_set_alarm(port::kForever); }

}  // namespace heddle::firmware::alarm

extern "C" void heddle_alarm_rings(void) { heddle::firmware::alarm::ring(); }
