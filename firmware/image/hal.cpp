// Time and input: what waits lets other threads run, and handles events meanwhile.
#include "heddle_platform.hpp"
#include "mpy/events.hpp"
#include "mpy/micropython.hpp"

extern "C" {
#include "shared/runtime/interrupt_char.h"
#include "uart.h"
}

namespace heddle::image {
namespace {

constexpr port::Instant kNsPerUs = 1000;
constexpr port::Instant kNsPerMs = 1'000'000;

bool may_sleep() noexcept { return !Core::in_interrupt() && Platform::reason_not_to_switch() == nullptr; }

/// Until the deadline; raises what events raise.
void sleep_until(port::Instant deadline) {
    Platform::Parker parker;
    do {
        mpy::handle_events_or_raise();
    } while (Platform::park(parker, deadline) != port::Wake::timed_out);
}

void busy_wait_until(port::Instant deadline) noexcept {
    while (Core::now() < deadline) {
    }
}

void wait_until(port::Instant deadline) {
    if (may_sleep()) {
        sleep_until(deadline);
    } else {
        busy_wait_until(deadline);
    }
}

/// What came over the serial line and nobody has read. The tick writes, readers mask it.
class Input {
  public:
    void receive() noexcept {
        while (length_ < sizeof characters_) {
            const int character = uart_rx_chr();
            if (character < 0) {
                return;
            }
            if (character == mp_interrupt_char) {
                mp_sched_keyboard_interrupt();
                kernel.note_event();
                continue;
            }
            characters_[(first_ + length_) % sizeof characters_] = static_cast<char>(character);
            ++length_;
        }
    }

    /// Negative if there is none.
    int take() noexcept {
        const Core::Critical critical;
        receive();
        if (length_ == 0) {
            return -1;
        }
        const auto character = static_cast<unsigned char>(characters_[first_]);
        first_ = (first_ + 1) % sizeof characters_;
        --length_;
        return character;
    }

  private:
    char characters_[64] = {};
    std::uint8_t first_ = 0;
    std::uint8_t length_ = 0;
};

constinit Input input;

}  // namespace
}  // namespace heddle::image

extern "C" {

void heddle_tick(void) {
    {
        const heddle::Core::Critical critical;
        heddle::image::input.receive();
    }
    heddle::image::kernel.tick();
}

uintptr_t heddle_begin_atomic_section(void) { return heddle::Core::mask(); }

void heddle_end_atomic_section(uintptr_t state) { heddle::Core::unmask(state); }

void heddle_wait_for_event(int timeout_ms) {
    using namespace heddle;
    if (!image::may_sleep()) {
        return;
    }
    Platform::Parker parker;
    const port::Instant end = timeout_ms < 0 ? port::kForever : Core::now() + timeout_ms * image::kNsPerMs;
    static_cast<void>(Platform::park(parker, end));
}

void heddle_wait_for_interrupt(void) {
    heddle_wait_for_event(1);
    heddle::mpy::handle_events_or_raise();
}

void mp_hal_delay_ms(mp_uint_t ms) {
    heddle::image::wait_until(heddle::Core::now() + ms * heddle::image::kNsPerMs);
}

// A wait of less than a tick would take a whole one, did it sleep.
void mp_hal_delay_us(mp_uint_t us) {
    using namespace heddle::image;
    const heddle::port::Instant end = heddle::Core::now() + us * kNsPerUs;
    if (us * kNsPerUs >= 2 * kNsPerMs) {
        wait_until(end);
    } else {
        busy_wait_until(end);
    }
}

mp_uint_t mp_hal_ticks_ms(void) {
    return static_cast<mp_uint_t>(heddle::Core::now() / heddle::image::kNsPerMs);
}

mp_uint_t mp_hal_ticks_us(void) {
    return static_cast<mp_uint_t>(heddle::Core::now() / heddle::image::kNsPerUs);
}

mp_uint_t mp_hal_ticks_cpu(void) { return mp_hal_ticks_us(); }

uint64_t mp_hal_time_ns(void) { return static_cast<uint64_t>(heddle::Core::now()); }

int __wrap_mp_hal_stdin_rx_chr(void) {
    using namespace heddle;
    for (;;) {
        const int character = image::input.take();
        if (character >= 0) {
            return character;
        }
        image::wait_until(Core::now() + image::kNsPerMs);
    }
}

}  // extern "C"
