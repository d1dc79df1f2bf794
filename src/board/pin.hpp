// A pin: what the program makes of it, what the outside does to it, and the edges that come of both.
#pragma once

#include <cstdint>

#include "board/interrupt_controller.hpp"

namespace heddle::board {

using PinId = std::uint16_t;

/// Who drives the level: the outside; the program; the program low, but high only by letting go.
enum class PinMode : std::uint8_t { input, output, open_drain };

enum class Pull : std::uint8_t { none, up, down };

/// What the outside does.
enum class Drive : std::uint8_t { released, low, high };

/// A set.
enum class Edges : std::uint8_t { none = 0, rising = 1, falling = 2, both = 3 };

[[nodiscard]] constexpr Edges operator|(Edges a, Edges b) noexcept {
    return static_cast<Edges>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
[[nodiscard]] constexpr Edges operator&(Edges a, Edges b) noexcept {
    return static_cast<Edges>(static_cast<unsigned>(a) & static_cast<unsigned>(b));
}

/// Not thread-safe: for the holder of the run token. Every method may be called in a handler, the pin's own
/// too. Nothing waits or allocates.
///
/// The level, by the first line that holds:
///
///   mode, written value   | outside   | pull | level
///   ----------------------|-----------|------|---------------------
///   output                | any       | any  | the written value
///   open drain, low       | any       | any  | low
///   input; open drain high| low, high | any  | the outside's
///   "                     | released  | up   | high
///   "                     | released  | down | low
///   "                     | released  | none | as it was; first low
///
/// An edge is a change of the level, whatever makes it; each one that is watched raises the pin's source.
class Pin {
  public:
    /// What edges raise from now on; at first nothing. `interrupts` outlives this.
    void connect(InterruptController& interrupts, SourceId source) noexcept;
    [[nodiscard]] SourceId source() const noexcept { return source_; }

    void configure(PinMode mode, Pull pull) noexcept;
    [[nodiscard]] PinMode mode() const noexcept { return mode_; }
    [[nodiscard]] Pull pull() const noexcept { return pull_; }

    /// Kept while the pin is an input, and put out when it no longer is.
    void write(bool high) noexcept;
    [[nodiscard]] bool written() const noexcept { return written_; }

    /// From outside.
    void drive(Drive drive) noexcept;
    [[nodiscard]] Drive driven() const noexcept { return driven_; }
    /// The program is the outside: nobody else drives the pin from now on.
    void connect_to_program() noexcept { is_connected_to_program_ = true; }
    [[nodiscard]] bool is_connected_to_program() const noexcept { return is_connected_to_program_; }

    /// The level.
    [[nodiscard]] bool read() const noexcept { return level_; }

    /// The edges that raise from now on. None is raised by this call, and take_edges() begins anew.
    void watch(Edges edges) noexcept;
    [[nodiscard]] Edges watched() const noexcept { return watched_; }
    /// The watched edges since the last call, or since watch().
    Edges take_edges() noexcept;

  private:
    [[nodiscard]] bool resolved() const noexcept;
    void settle() noexcept;

    InterruptController* interrupts_ = nullptr;
    SourceId source_ = kNoSource;
    PinMode mode_ = PinMode::input;
    Pull pull_ = Pull::none;
    Drive driven_ = Drive::released;
    Edges watched_ = Edges::none;
    Edges seen_ = Edges::none;
    bool is_connected_to_program_ = false;
    bool written_ = false;
    bool level_ = false;
};

}  // namespace heddle::board
