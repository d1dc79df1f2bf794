// What the opcodes of a step touch, one after the other, in words: a step is more than one touch where nobody
// can come between, as in a handler and where interrupts are disabled.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "program/accesses.hpp"

namespace heddle::program {

/// Of one opcode.
struct ToldTouch {
    std::string file{};
    std::size_t line = 0;
    std::string words{};
    std::vector<std::uint64_t> read{};  ///< places
    std::vector<std::uint64_t> written{};
    std::uint64_t taken = 0;  ///< a lock
    std::uint64_t freed = 0;
};

/// While there is one, the explored program's touches are written down. One at a time. Not for steps that are
/// searched: it costs more than all else that an opcode does.
class ToldTouches {
  public:
    ToldTouches();
    ~ToldTouches();
    ToldTouches(const ToldTouches&) = delete;
    ToldTouches& operator=(const ToldTouches&) = delete;

    /// Since the last call; of very many, the first ones and the last.
    [[nodiscard]] std::vector<ToldTouch> take();

    void note(const mp_code_state_t* code, const byte* ip, const Accesses& accesses);

  private:
    std::vector<ToldTouch> touches_;
};

}  // namespace heddle::program
