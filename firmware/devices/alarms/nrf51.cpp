// TIMER0 of the nRF51.
#include "devices/alarm.hpp"
#include "devices/alarms/nvic.hpp"
#include "interrupts.hpp"

namespace heddle::firmware::alarm {
namespace {

constexpr std::uintptr_t kTimer = 0x4000'8000;
constexpr std::uintptr_t kStart = kTimer + 0x000;
constexpr std::uintptr_t kStop = kTimer + 0x004;
constexpr std::uintptr_t kClear = kTimer + 0x00C;
constexpr std::uintptr_t kReached = kTimer + 0x140;
constexpr std::uintptr_t kEnableInterrupts = kTimer + 0x304;
constexpr std::uintptr_t kBitMode = kTimer + 0x508;
constexpr std::uintptr_t kPrescaler = kTimer + 0x510;
constexpr std::uintptr_t kCompare = kTimer + 0x540;

constexpr std::uint32_t kThirtyTwoBits = 3;
constexpr std::uint32_t kOneMegahertz = 4;  // 16 MHz by 2 to the 4th
constexpr std::uint32_t kInterruptWhenReached = 1 << 16;

constexpr unsigned kInterrupt = 8;
constexpr std::uint32_t kTickNs = 1'000;

void handle() noexcept {
    cancel();
    ring();
}

}  // namespace

void install() noexcept {
    cancel();
    register_at(kBitMode) = kThirtyTwoBits;
    register_at(kPrescaler) = kOneMegahertz;
    register_at(kEnableInterrupts) = kInterruptWhenReached;
    image::attach_interrupt(kInterrupt, handle);
    nvic::enable(kInterrupt);
}

void set(devices::Time deadline) noexcept {
    cancel();
    register_at(kCompare) = ticks_until<kTickNs>(deadline);
    register_at(kStart) = 1;
}

void cancel() noexcept {
    register_at(kStop) = 1;
    register_at(kClear) = 1;
    register_at(kReached) = 0;
    nvic::withdraw(kInterrupt);
}

}  // namespace heddle::firmware::alarm
