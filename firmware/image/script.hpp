// A script that lies in memory when the board starts.
//
// The emulator puts it at the board's HEDDLE_SCRIPT_ADDRESS (emulator.mk beside its linker script), where
// there is room for HEDDLE_SCRIPT_ROOM bytes, all of this included. Numbers have four bytes, the lowest
// first.
//
//   offset            | content
//   ------------------|----------------------------------------------------------------------------
//   0                 | kMagic: "HDS1"
//   4                 | argument_bytes
//   8                 | script_bytes
//   12                | arguments, each ended by a zero byte: sys.argv; the first is the script's name
//   12+argument_bytes | the script's text, UTF-8
//
// An image runs it instead of its prompt. Output goes to the serial line. At its end the emulator ends with
// an exit status: 0; that of SystemExit; 1 after any other exception, whose traceback goes to the serial line
// too. After machine.soft_reset() the script runs again. Without a script there is the prompt.
#pragma once

#include <cstdint>

namespace heddle::image {

struct Script {
    static constexpr std::uint32_t kMagic = 0x31534448;
    static constexpr int kInvalid =
        2;  ///< the exit status when the sizes are not those of anything that fits

    std::uint32_t magic;
    std::uint32_t argument_bytes;
    std::uint32_t script_bytes;
    char content[];
};

}  // namespace heddle::image

// For machine.soft_reset(): true before it raises SystemExit.
extern "C" bool heddle_soft_reset_wanted;
