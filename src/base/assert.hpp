// Misuse stops the program with a sentence. For mistakes of the caller only: what can go wrong in correct use
// is a return value.
#pragma once

namespace heddle {

/// Called with the sentence; writes it to where the platform reports errors and never returns. The platform
/// defines it. Callable from anywhere.
[[noreturn]] void stop(const char* sentence) noexcept;

/// Stops with `sentence` unless `condition` holds. Always checked: what it guards costs more to debug than to
/// test.
constexpr void require(bool condition, const char* sentence) noexcept {
    if (!condition) [[unlikely]] {
        stop(sentence);
    }
}

}  // namespace heddle
