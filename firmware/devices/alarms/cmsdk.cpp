// Timer 0 of Arm's Cortex-M system design kit, as in the MPS2 boards.
#include "devices/alarm.hpp"
#include "devices/alarms/nvic.hpp"
#include "interrupts.hpp"

namespace heddle::firmware::alarm {
namespace {

constexpr std::uintptr_t kTimer = 0x4000'0000;
constexpr std::uintptr_t kControl = kTimer + 0x0;
constexpr std::uintptr_t kValue = kTimer + 0x4;
constexpr std::uintptr_t kReload = kTimer + 0x8;
constexpr std::uintptr_t kClear = kTimer + 0xC;

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
    register_at(kReload) = ticks;
    register_at(kValue) = ticks;
    register_at(kControl) = kCounts | kInterrupts;
}

void cancel() noexcept {
    register_at(kControl) = 0;
    register_at(kClear) = 1;
    nvic::withdraw(kInterrupt);
}

}  // namespace heddle::firmware::alarm
