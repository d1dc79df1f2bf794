// What loops that wait have to read anew.
#pragma once

#include <span>
#include <vector>

#include "program/accesses.hpp"

namespace heddle::program {

/// The thread of that number waits in a loop until one of `places` is written.
void note_awaits(std::size_t context, std::span<const std::uint64_t> places) noexcept;

/// A step of `context` has made these accesses: who waits for what it wrote waits no more.
void note_writes(std::size_t context, const std::vector<Access>& accesses) noexcept;

/// A callback has been queued: whoever waits in a loop may be the one that it interrupts.
void note_callback_queued() noexcept;

}  // namespace heddle::program
