// What the files of an explored program share.
#pragma once

#include "board/interrupt_controller.hpp"
#include "mpy/micropython.hpp"
#include "thread/fiber.hpp"

extern "C" {
#include "py/bc.h"
}

namespace heddle::program {

inline constexpr thread::ThreadId kMain = 1;

enum class Phase : std::uint8_t {
    loading,
    running,   ///< the script, and its threads
    ended,     ///< the script; threads may go on
    finishing  ///< all threads have ended
};

// In one execution.
inline constexpr std::size_t kMostContexts = 512;
// Beside the main one, at once.
inline constexpr std::size_t kMostThreads = 250;

enum class ContextKind : std::uint8_t { thread, source, callbacks };

struct KnownContext {
    // Of a source: whose line it was when it was armed last; perhaps gone since.
    const void* device = nullptr;
    qstr function = MP_QSTRnull;  // of a thread that ended in the step that created it
    thread::ThreadId id = 0;
    std::uint32_t named = 0;  // how many objects it has allocated
    board::SourceId line = board::kNoSource;
    ContextKind kind = ContextKind::thread;
    std::uint8_t fired = 0;        // of a source
    bool was_interrupted = false;  // of a thread: a callback has ended on it since its last step
    bool is_unfired = true;        // of a source: it has not fired since it was armed
    // Of a source, as far as it had a hard handler.
    board::Priority most_urgent = UINT8_MAX;
    board::Priority least_urgent = 0;
    bool is_timer = false;        // of a source
    bool awaits = false;          // its last step ended where a loop waits
    bool serves = false;          // its loop sleeps, and cannot end by itself
    std::uint8_t idle_turns = 0;  // of that loop, since another thread did anything
};

// In memory that snapshots cover; of `known`, the contexts that there are.
extern Phase phase;
extern KnownContext known[kMostContexts];
extern std::size_t known_count;
// The line that the fiber of interrupts fires next.
extern board::SourceId next_line;
extern thread::ThreadId interrupts_fiber;

/// On the fiber of a thread that waits, or of the main thread when it has ended. False: its next step is
/// another one.
bool run_due_callbacks() noexcept;

/// Before each opcode of the program.
void tick(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp);

}  // namespace heddle::program
