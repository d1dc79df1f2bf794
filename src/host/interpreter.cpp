#include "host/interpreter.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "host/board_report.hpp"
#include "host/board_watch.hpp"
#include "host/execute.hpp"
#include "host/program_end.hpp"
#include "host/repl.hpp"
#include "host/simulated_board.hpp"
#include "host/stack_overflow.hpp"
#include "host/startup.hpp"
#include "host/threads.hpp"
#include "mpy/micropython.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "extmod/modplatform.h"
#include "genhdr/mpversion.h"
}

namespace heddle::host {
namespace {

// As MicroPython's unix port has.
constexpr std::size_t kMainStackBytes = 40'000 * (sizeof(void*) / 4);

struct Run {
    const Program& program;
    char* heap;
    int status;
};

int run_script(const Program& program) {
    return find_script(program) ? execute(Input::file, program.text.c_str(), program.compile_only) : 2;
}

int run_source(const Program& program) {
    switch (program.source) {
        case Source::script:
            return run_script(program);
        case Source::command:
            return execute(Input::text, program.text.c_str(), program.compile_only);
        case Source::module:
            return execute_module(program.text.c_str());
        case Source::terminal:
            break;
    }
    return isatty(STDIN_FILENO) != 0 || program.inspect
               ? repl()
               : execute(Input::standard_input, nullptr, program.compile_only);
}

bool wants_inspection(const Program& program) {
    const char* variable = getenv("MICROPYINSPECT");
    return program.source != Source::terminal &&
           (program.inspect || (variable != nullptr && variable[0] != '\0'));
}

int run_all(const Program& program) {
    int status = run_source(program);
    if (wants_inspection(program)) {
        status = repl();
    }
    status = after_the_end(program.stay_s, status);
    const int exit_status = execute_protected([] {
        if (mp_obj_is_callable(MP_STATE_VM(sys_exitfunc))) {
            mp_call_function_0(MP_STATE_VM(sys_exitfunc));
        }
        if (HEDDLE_VERBOSE_FLAG != 0) {
            mp_micropython_mem_info(0, nullptr);
        }
    });
    return exit_status != 0 ? exit_status : status;
}

int fail(const Program& program, const char* what) {
    std::fprintf(stderr, "%s: %s: %s\n", program.executable.c_str(), what, std::strerror(errno));
    return 1;
}

/// The main fiber.
void run_main(void* argument) {
    auto& run = *static_cast<Run*>(argument);
    const Program& program = run.program;
    if (!start_interpreter(program, run.heap, kMainStackBytes)) {
        run.status = 1;
        return;
    }
    share_interpreter(true);
    if (start_board() && (!program.watch || start_watch())) {
        run.status = run_all(program) & 0xff;
        end_watch();
    } else {
        run.status = fail(program, "can't start the board");
    }
    stop_board();
    share_interpreter(false);
    mp_deinit();
}

}  // namespace

std::string version() { return MICROPY_BANNER_NAME_AND_VERSION "; " MICROPY_BANNER_MACHINE; }

int run_program(const Program& program) {
    // A closed pipe is an OSError, not the program's death.
    signal(SIGPIPE, SIG_IGN);
    catch_stack_overflow();
    if (!make_board(program.board, program.scene)) {
        return fail(program, "can't get a timer for the board");
    }
    // Reserved: a heap larger than the machine's memory is refused here, not when it is used.
    void* heap =
        mmap(nullptr, program.heap_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (heap == MAP_FAILED) {
        return fail(program, "can't get memory for the heap");
    }
    set_up_threads(program);
    Run run{program, static_cast<char*>(heap), 1};
    if (!thread::run(run_main, &run, kMainStackBytes)) {
        return fail(program, "can't start the main thread");
    }
    return report_on_board(program) ? run.status : 1;
}

}  // namespace heddle::host

extern "C" void nlr_jump_fail(void*) {
    mp_hal_stdio_mode_orig();
    std::fprintf(stderr, "heddle: an exception was raised where nobody could catch it\n");
    std::abort();
}
