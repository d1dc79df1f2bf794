// Timers of Arm's Cortex-M system design kit, as in the MPS2 boards: number 0 is the alarm, number 1 the
// clock.
#include "devices/alarm.hpp"
#include "devices/alarms/nvic.hpp"
#include "interrupts.hpp"
#include "port/cortex_m/cortex_m_core.hpp"

namespace heddle::firmware::alarm {
namespace {

constexpr std::uintptr_t kTimer = 0x4000'0000;
constexpr std::uintptr_t kClock = 0x4000'1000;
constexpr std::uintptr_t kControl = 0x0;
constexpr std::uintptr_t kValue = 0x4;
constexpr std::uintptr_t kReload = 0x8;
constexpr std::uintptr_t kClear = 0xC;

constexpr std::uint32_t kCounts = 1 << 0;
constexpr std::uint32_t kInterrupts = 1 << 3;

constexpr unsigned kInterrupt = 8;
constexpr std::uint32_t kTickNs = 1'000'000'000 / HEDDLE_CPU_HZ;

void handle() noexcept {
    cancel();
    ring();
}

}  // namespace

void install() noexcept {
    cancel();
    image::attach_interrupt(kInterrupt, handle);
    nvic::enable(kInterrupt);
}

void set(devices::Time deadline) noexcept {
    cancel();
    const std::uint32_t ticks = ticks_until<kTickNs>(deadline);
    register_at(kTimer + kReload) = ticks;
    register_at(kTimer + kValue) = ticks;
    register_at(kTimer + kControl) = kCounts | kInterrupts;
}

void cancel() noexcept {
    register_at(kTimer + kControl) = 0;
    register_at(kTimer + kClear) = 1;
    nvic::withdraw(kInterrupt);
}

}  // namespace heddle::firmware::alarm

extern "C" {

void heddle_start_clock(void) {
    using namespace heddle::firmware;
    register_at(alarm::kClock + alarm::kReload) = UINT32_MAX;
    register_at(alarm::kClock + alarm::kValue) = UINT32_MAX;
    register_at(alarm::kClock + alarm::kControl) = alarm::kCounts;
}

// It counts down.
uint32_t heddle_clock_count(void) {
    using namespace heddle::firmware;
    return ~register_at(alarm::kClock + alarm::kValue);
}

}  // extern "C"
