// What the module `_thread` asks of its platform about threads. Whoever builds this room defines the
// functions: fiber_threads.cpp on heddle's scheduler, firmware/usermod/port_threads.cpp on the threads of a
// MicroPython port.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heddle::mpy::threads {

/// The beginning of what a new thread is called with.
struct Start {
    /// Runs in the thread, which has MicroPython's state for one and the interpreter lock. Never raises.
    void (*body)(Start& start);
    std::size_t stack_bytes;  ///< as create() was asked for; the platform may change it until the thread runs
    void* handle;             ///< the platform's own
};

/// Memory of `bytes` that begins with a Start, zeroed, for the caller to fill; the collector scans it as long
/// as the thread lives. `stack_bytes` 0 is the platform's default. Null where there is no room for a thread;
/// may raise MemoryError.
[[nodiscard]] Start* create(std::size_t bytes, std::size_t stack_bytes);

/// Starts a thread whose Start is filled. Its identifier: nonzero, and what current_id() is in it. 0 where
/// the platform can't start one; then `why` is its reason, if it gives one. The caller goes on running.
[[nodiscard]] std::uintptr_t start(Start& start, const char*& why);

[[nodiscard]] std::uintptr_t current_id() noexcept;

}  // namespace heddle::mpy::threads
