// A MicroPython program that a search runs step by step, and takes back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/accesses.hpp"
#include "host/interpreter.hpp"
#include "host/snapshot.hpp"
#include "thread/control.hpp"

namespace heddle::host {

/// What a thread or an interrupt's source is, in the state that the program is in.
struct ExploredContext {
    thread::ThreadId id;
    bool finished;
    bool enabled;   ///< a step of it can run now
    bool sleeps;    ///< enabled because its time can come: others first
    port::Instant deadline;
    const Accesses* pending;  ///< what its next step begins with; null: nothing shared
    mp_uint_t line;           ///< where it is
};

/// One step: the accesses of one opcode, and what follows until the next opcode that has any.
struct ExploredStep {
    thread::ThreadId context;
    Accesses accesses;
    std::string file;
    std::size_t line = 0;
    bool failed = false;   ///< an exception that nobody caught ended it
    std::string failure;   ///< its traceback
};

/// Of the process: there is one. All of it is for the operating-system thread that made it.
class ExploredProgram {
  public:
    /// Starts the interpreter and compiles the script. False, with a message, if that fails; then `status()`
    /// is the exit status.
    [[nodiscard]] bool load(const Program& program);
    [[nodiscard]] int status() const noexcept { return status_; }

    /// The contexts that live, in the order of their creation.
    [[nodiscard]] const std::vector<ExploredContext>& contexts();

    /// Runs one step of an enabled context.
    const ExploredStep& run(thread::ThreadId context);

    /// Every thread has ended: runs what heddle.at_end() was given.
    const ExploredStep& finish();

    void take(Snapshot& snapshot) const { snapshot.take(); }
    void restore(const Snapshot& snapshot) noexcept;

    /// What the execution has printed so far.
    [[nodiscard]] const std::string& output() const noexcept { return output_; }

  private:
    int status_ = 0;
    std::vector<ExploredContext> contexts_;
    ExploredStep step_;
    std::string output_;
};

}  // namespace heddle::host
