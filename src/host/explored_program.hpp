// A MicroPython program that a search runs step by step, and takes back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/accesses.hpp"
#include "host/explored_board.hpp"
#include "host/interpreter.hpp"
#include "host/snapshot.hpp"
#include "mpy/source_place.hpp"
#include "thread/control.hpp"

namespace heddle::host {

/// Threads and interrupts' sources together, in the order in which they came to be, from 0.
using ContextNumber = std::uint16_t;

/// What a thread or an interrupt's source is, in the state that the program is in.
struct ExploredContext {
    bool is_source;
    thread::ThreadId id;   ///< of a thread
    board::SourceId line;  ///< of a source
    bool finished;
    bool capped;   ///< finished, because its source may fire no more in this execution
    bool enabled;  ///< a step of it can run now
    bool sleeps;   ///< enabled because its time can come: others first
    port::Instant deadline;
    std::uint64_t waits_for;  ///< the place of the lock that it waits for; 0: none
    const Access* next;       ///< the first one of its next step; null: not known
    bool next_lock_is_free;
    const mp_obj_fun_bc_t* function;  ///< where it is; null: not in bytecode
    const byte* ip;
};

/// One step: the accesses of one opcode, and what follows until the next opcode that has any.
struct ExploredStep {
    std::vector<Access> accesses;
    const mp_obj_fun_bc_t* function = nullptr;  ///< where it began; null: not in bytecode
    const byte* ip = nullptr;
    std::span<const std::uint64_t> awaits;  ///< a turn of a loop ended that has to read one of these anew
    bool is_firing = false;                 ///< of an interrupt
    bool masked_before = false;             ///< interrupts were disabled
    bool unmasked = false;                  ///< interrupts are enabled after it
    bool branched = false;                  ///< a handler took a conditional jump
    bool lock_was_free = false;             ///< that it tries to take
    bool woke_in_time = false;              ///< a sleep has ended
    bool failed = false;                    ///< an exception that nobody caught ended something in it
    bool is_assertion = false;
    bool failed_in_handler = false;
    bool failed_for_heap = false;
    bool waits_in_handler = false;  ///< and nothing was raised
    std::string failed_text;  ///< the exception in one line
    std::string failed_file;  ///< where it was raised
    std::size_t failed_line = 0;
};

/// Of a thread that waits.
struct ExploredWait {
    std::string lock;  ///< empty: for something else
    const mp_obj_fun_bc_t* function = nullptr;
    const byte* ip = nullptr;
    ContextNumber holder = UINT16_MAX;
    std::string held_file;
    std::size_t held_line = 0;
};

/// Of the process: there is one. All of it is for the operating-system thread that made it.
class ExploredProgram {
  public:
    /// Starts the interpreter and compiles the script. False, with a message, if that fails; then `status()`
    /// is the exit status. A source of interrupts that stays armed fires `most_firings` times in an
    /// execution.
    [[nodiscard]] bool load(const Program& program, unsigned most_firings);
    [[nodiscard]] int status() const noexcept { return status_; }

    /// All contexts that there have been, by number.
    [[nodiscard]] const std::vector<ExploredContext>& contexts();

    /// For people, of the state that the program is in.
    [[nodiscard]] std::string name_of(ContextNumber context) const;
    [[nodiscard]] std::string words_of_next(ContextNumber context) const;
    [[nodiscard]] ExploredWait wait_of(ContextNumber context) const;

    /// How many contexts there have been.
    [[nodiscard]] std::size_t contexts_ever() const noexcept;
    [[nodiscard]] bool anybody_sleeps();
    [[nodiscard]] bool all_have_ended() const noexcept;

    /// Runs one step of an enabled context.
    const ExploredStep& run(ContextNumber context);

    /// Every thread has ended: runs what heddle.at_end() was given.
    const ExploredStep& finish();

    void take(Snapshot& snapshot) const { snapshot.take(); }
    void restore(const Snapshot& snapshot) noexcept;

  private:
    int status_ = 0;
    unsigned most_firings_ = 0;
    std::vector<ExploredContext> contexts_;
    std::vector<ExploredLine> armed_;
    void find_new_contexts();
    void end_services();
    void pass_time(port::Instant until);
    void run_thread(thread::ThreadId id);
    void run_source(ContextNumber context);
    void note_failure();

    ExploredStep step_;
};

}  // namespace heddle::host
