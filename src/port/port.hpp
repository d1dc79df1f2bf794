// What a platform offers to the algorithms of sync/. docs/porting.md is this concept in prose.
#pragma once

#include <concepts>
#include <cstdint>

namespace heddle::port {

/// Nanoseconds on a monotonic clock with an arbitrary start.
using Instant = std::int64_t;

inline constexpr Instant kForever = INT64_MAX;

/// Why a wait came back.
enum class Wake : std::uint8_t {
    unparked,     ///< somebody called unpark(): what was waited for is there
    timed_out,    ///< the deadline passed
    interrupted,  ///< the context has an event to handle before it goes on waiting
};

/// `Word` is a machine word that contexts share; its operations order memory as their names say.
/// `Parker` stands for one wait of one context and lives on that context's stack.
/// `Critical` keeps interrupt handlers of the same core out while it lives; empty where handlers never
/// preempt C++ code.
template <class P>
concept Port = requires(typename P::Word& word, std::uintptr_t& expected, std::uintptr_t value,
                        typename P::Parker& parker, Instant deadline) {
    { word.load_acquire() }
    noexcept->std::same_as<std::uintptr_t>;
    { word.store_release(value) }
    noexcept;
    // Strong; acquires on success; puts what it found into `expected` on failure.
    { word.exchange_if_acquire(expected, value) }
    noexcept->std::same_as<bool>;
    // Strong; releases on success.
    { word.exchange_if_release(expected, value) }
    noexcept->std::same_as<bool>;
    // Threads only. Returns at once when unpark() came first.
    { P::park(parker, deadline) }
    noexcept->std::same_as<Wake>;
    // Any context; once for each Parker. Nothing of the Parker is touched after its wait may have come back.
    { P::unpark(parker) }
    noexcept;
    // Has unpark() been called? Acquires.
    { P::unparked(parker) }
    noexcept->std::same_as<bool>;
    // While another core changes something that takes it a few instructions.
    { P::relax() }
    noexcept;
    // Is the caller an interrupt handler?
    { P::in_interrupt() }
    noexcept->std::same_as<bool>;
    { P::now() }
    noexcept->std::same_as<Instant>;
    typename P::Critical;
};

/// `now + nanoseconds`, or kForever where that is too far away to say.
[[nodiscard]] constexpr Instant deadline_after(Instant now, std::int64_t nanoseconds) noexcept {
    return nanoseconds >= kForever - now ? kForever : now + nanoseconds;
}

}  // namespace heddle::port
