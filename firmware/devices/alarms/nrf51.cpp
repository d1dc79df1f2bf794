// TIMER0 of the nRF51: it counts on for ever, as the clock; the alarm is a value to compare it with.
#include "devices/alarm.hpp"
#include "devices/alarms/nvic.hpp"
#include "interrupts.hpp"
#include "port/cortex_m/cortex_m_core.hpp"

namespace heddle::firmware::alarm {
namespace {

constexpr std::uintptr_t kTimer = 0x4000'8000;
constexpr std::uintptr_t kStart = kTimer + 0x000;
constexpr std::uintptr_t kCapture = kTimer + 0x044;  // into kCaptured
constexpr std::uintptr_t kReached = kTimer + 0x140;
constexpr std::uintptr_t kEnableInterrupts = kTimer + 0x304;
constexpr std::uintptr_t kDisableInterrupts = kTimer + 0x308;
constexpr std::uintptr_t kBitMode = kTimer + 0x508;
constexpr std::uintptr_t kPrescaler = kTimer + 0x510;
constexpr std::uintptr_t kCompare = kTimer + 0x540;
constexpr std::uintptr_t kCaptured = kTimer + 0x544;

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
    image::attach_interrupt(kInterrupt, handle);
    nvic::enable(kInterrupt);
}

void set(devices::Time deadline) noexcept {
    cancel();
    const std::uint32_t end = heddle_clock_count() + ticks_until<kTickNs>(deadline);
    register_at(kCompare) = end;
    register_at(kEnableInterrupts) = kInterruptWhenReached;
    // It may have been reached before it was set.
    if (static_cast<std::int32_t>(end - heddle_clock_count()) <= 0) {
        nvic::raise(kInterrupt);
    }
}

void cancel() noexcept {
    register_at(kDisableInterrupts) = kInterruptWhenReached;
    register_at(kReached) = 0;
    nvic::withdraw(kInterrupt);
}

}  // namespace heddle::firmware::alarm

extern "C" {

void heddle_start_clock(void) {
    using namespace heddle::firmware;
    register_at(alarm::kBitMode) = alarm::kThirtyTwoBits;
    register_at(alarm::kPrescaler) = alarm::kOneMegahertz;
    register_at(alarm::kStart) = 1;
}

uint32_t heddle_clock_count(void) {
    using namespace heddle::firmware;
    register_at(alarm::kCapture) = 1;
    return register_at(alarm::kCaptured);
}

}  // extern "C"
