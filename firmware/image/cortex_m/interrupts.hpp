// Interrupts of a Cortex-M's devices.
#pragma once

namespace heddle::image {

/// How many there are at most on the boards that have images.
inline constexpr unsigned kInterrupts = 48;

/// Calls `handler` in handler mode when that interrupt comes; null takes it back. The caller enables the
/// interrupt in the NVIC and its device. Any context.
void attach_interrupt(unsigned interrupt, void (*handler)()) noexcept;

}  // namespace heddle::image
