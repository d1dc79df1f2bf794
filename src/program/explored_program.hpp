// A MicroPython program that a search runs step by step, and takes back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/interpreter.hpp"
#include "mpy/source_place.hpp"
#include "program/accesses.hpp"
#include "program/board.hpp"
#include "program/snapshot.hpp"
#include "thread/control.hpp"

namespace heddle::program {

struct KnownContext;

/// Threads and interrupts' sources together, in the order in which they came to be, from 0.
using ContextNumber = std::uint16_t;

/// What a thread or an interrupt's source is, in the state that the program is in.
struct ExploredContext {
    bool is_source;        ///< a step is one firing; not where its handler goes on
    thread::ThreadId id;   ///< of a thread; of callbacks: the one that they interrupt
    board::SourceId line;  ///< of a source
    bool interruptible;    ///< a source whose handler others could interrupt, if they are armed
    bool finished;
    bool capped;             ///< finished, because its source may fire no more in this execution
    bool disarmed;           ///< finished, though its source could fire if it were armed
    bool enabled;            ///< a step of it can run now
    bool awaits;             ///< enabled, in a loop that would do the same again: time may pass before
    bool is_due;             ///< enabled: it waits, and is interrupted for a callback
    bool is_held_up;         ///< by a handler
    bool sleeps;             ///< its time can come, at `deadline`: then it goes on, others first
    port::Instant deadline;  ///< of a source: time does not pass beyond it before it has fired
    std::uint64_t
        waits_for;       ///< the place of the lock that it waits for; 0: none. With `sleeps`: for so long
    const Access* next;  ///< the first one of its next step; null: not known
    bool next_lock_is_free;
    const mp_obj_fun_bc_t* function;  ///< where it is; null: not in bytecode
    const byte* ip;
};

/// Of a step, all that needs no memory of its own.
struct ExploredStepFacts {
    const mp_obj_fun_bc_t* function = nullptr;  ///< where it began; null: not in bytecode
    const byte* ip = nullptr;
    std::span<const std::uint64_t> awaits;  ///< a turn of a loop ended that has to read one of these anew
    bool is_firing = false;                 ///< of an interrupt
    bool is_first_firing = false;           ///< since the source was armed
    bool enables = false;                   ///< a thread that could not go on before it
    board::SourceId handler = board::kNoSource;
    bool changes_board = false;
    bool posts = false;           ///< a handler to be called by the interrupt thread
    bool calls_posted = false;    ///< of that thread
    bool begins_call = false;     ///< which had waited for one
    bool served_raised = false;   ///< handlers of lines that the thread raised ran in it
    bool begins_handler = false;  ///< which has not ended with the step
    bool ends_handler = false;
    bool masked_before = false;         ///< interrupts were disabled
    bool unmasked = false;              ///< interrupts are enabled after it
    bool branched = false;              ///< a handler took a conditional jump
    bool lock_was_free = false;         ///< that it tries to take
    bool passed_time = false;           ///< there, beyond what the clock had shown
    bool woke_in_time = false;          ///< a sleep has ended, or the patience for a lock
    bool looked_for_callbacks = false;  ///< and would have run one
    bool queued_callbacks = false;      ///< or ran one, from its beginning to its end
    bool was_due = false;               ///< it waited, and was interrupted for a callback
    std::uint64_t waited_for = 0;       ///< by who was due: the place of a lock
    bool may_wait = false;              ///< for a lock, and be due meanwhile
    bool stopped_for_one = false;       ///< by a callback, which comes next
    bool goes_on_after_one = false;     ///< its first step since
    bool begins_callback = false;
    bool ends_callback = false;
    thread::ThreadId host = 0;  ///< of the callback that it is about
    bool ends_thread = false;
    bool runs_on = false;              ///< it did not come to its end: see StepLimit
    bool is_endless = false;           ///< and never would
    bool failed = false;               ///< an exception that nobody caught ended something in it
    ContextNumber failed_context = 0;  ///< it did, or ran on: or a thread did that the step created
    bool is_assertion = false;
    bool failed_in_handler = false;
    bool failed_for_heap = false;
    bool waits_in_handler = false;  ///< and nothing was raised
    std::size_t failed_line = 0;    ///< where it was raised
};

/// One step: the accesses of one opcode, and what follows until the next opcode that has any.
struct ExploredStep : ExploredStepFacts {
    std::vector<Access> accesses;
    std::vector<board::SourceId> arms;     ///< sources that are armed after it, and were not before
    std::vector<board::SourceId> disarms;  ///< the other way round
    /// Sources that it would disarm if they had not fired for the last time.
    std::vector<board::SourceId> finds_disarmed;
    std::vector<board::SourceId> sets_up;  ///< sources that were armed before it and are after it, otherwise
    std::string failed_text;               ///< the exception in one line
    std::string failed_file;               ///< where it was raised

    /// As a new one. It keeps its memory for the next step.
    void clear() noexcept;
};

/// Of a thread that waits.
struct ExploredWait {
    std::string lock;  ///< empty: for something else
    const mp_obj_fun_bc_t* function = nullptr;
    const byte* ip = nullptr;
    ContextNumber holder = UINT16_MAX;
    bool holder_ended = false;
    std::string held_file;
    std::size_t held_line = 0;
};

/// Of the process: there is one. All of it is for the operating-system thread that made it.
class ExploredProgram {
  public:
    /// Starts the interpreter and compiles the script. False, with a message, if that fails; then `status()`
    /// is the exit status. A source of interrupts that stays armed fires `most_firings` times in an
    /// execution; a step that runs more than `most_opcodes` is cut.
    [[nodiscard]] bool load(const host::Program& program, unsigned most_firings, std::uint64_t most_opcodes);
    [[nodiscard]] int status() const noexcept { return status_; }

    /// All contexts that there have been, by number.
    [[nodiscard]] const std::vector<ExploredContext>& contexts() {
        if (!is_looked_at_) {
            look();
        }
        return contexts_;
    }

    /// For people, of the state that the program is in.
    [[nodiscard]] std::string name_of(ContextNumber context) const;
    [[nodiscard]] std::string words_of_next(ContextNumber context) const;
    [[nodiscard]] ExploredWait wait_of(ContextNumber context) const;
    /// Of whoever would wait for that lock now.
    [[nodiscard]] ExploredWait wait_for(const Access& lock) const;
    /// The thread that a callback interrupts; UINT16_MAX: it is no callback.
    [[nodiscard]] ContextNumber host_of(ContextNumber context) const noexcept;

    /// Without watch_all(): have there been callbacks, or has a built-in's name been given to something else?
    /// Then the accesses of steps do not say all.
    [[nodiscard]] bool misses_accesses() const noexcept;
    /// From now on steps say what they have to do with the queue of callbacks and read built-ins by their
    /// names, and are told from the first on.
    void watch_all() noexcept;

    /// For tests: from now on, or no more, a step is one opcode that a table could say anything of, whether
    /// or not it says that it touches something.
    void pause_everywhere(bool everywhere) noexcept;

    /// How many contexts there have been.
    [[nodiscard]] std::size_t contexts_ever() const noexcept;
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
    bool is_looked_at_ = false;  // contexts_ and armed_ are those of the state that the program is in
    std::vector<ExploredContext> contexts_;
    std::vector<ExploredLine> armed_;
    std::vector<ExploredLine> armed_before_;  // the last step
    std::vector<thread::Fiber*> fibers_;      // by context; null: none, or none any more
    void look();
    void find_armed();
    [[nodiscard]] std::size_t count_runnable() const noexcept;
    void note_set_up(const std::vector<ExploredLine>& before, ContextNumber context);
    void find_new_contexts();
    void pass_time(port::Instant until, bool is_awake = false);
    void run_context(ContextNumber context);
    void run_thread(ContextNumber context, thread::Fiber& fiber);
    void make_due(thread::Fiber& fiber);
    void run_opcodes(ContextNumber context, thread::Fiber& fiber);
    [[nodiscard]] bool look_at_turn(ContextNumber context, thread::Fiber& fiber);
    [[nodiscard]] ExploredContext source_context(const KnownContext& source) const noexcept;
    void run_source(ContextNumber context);
    void begin_threads();
    void note_armed(const std::vector<ExploredLine>& before, ContextNumber context);
    void note_failure();
    void note_limit();

    ExploredStep step_;
};

}  // namespace heddle::program
