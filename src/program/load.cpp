// How an explored program begins and ends.
#include <sys/mman.h>

#include <cstdio>

#include "base/assert.hpp"
#include "host/execute.hpp"
#include "host/simulated_board.hpp"
#include "host/stack_overflow.hpp"
#include "host/startup.hpp"
#include "host/threads.hpp"
#include "mpy/events.hpp"
#include "mpy/failure.h"
#include "mpy/holder.hpp"
#include "mpy/service_thread.hpp"
#include "program/explored_program.hpp"
#include "program/limit.hpp"
#include "program/names.hpp"
#include "program/state.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
#include "mpy/heddle_module.h"
}

namespace heddle::program {

namespace {

constexpr std::size_t kMainStackBytes = std::size_t{128} * 1024;
constexpr std::size_t kStackBytes = std::size_t{512} * 1024;

// At the same place in every process, so that a schedule means the same in each.
constexpr std::uintptr_t kArena = 0x10'0000'0000;

struct Loader {
    const host::Program& program;
    char* heap;
    int status;
};

void run_guarded(mp_obj_t function) {
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        mp_call_function_0(function);
        nlr_pop();
    } else if (!mp_obj_exception_match(MP_OBJ_FROM_PTR(jump.ret_val), MP_OBJ_FROM_PTR(&mp_type_SystemExit))) {
        mp_obj_print_exception(&mp_stderr_print, MP_OBJ_FROM_PTR(jump.ret_val));
        heddle_note_uncaught(MP_OBJ_FROM_PTR(jump.ret_val));
    }
}

void run_interrupts() {
    for (;;) {
        thread::pause_here();
        fire_line(next_line);
    }
}

/// In one line: "SCRIPT:LINE: SyntaxError: invalid syntax".
void print_refused(const Loader& loader, mp_obj_t exception) {
    std::size_t entries = 0;
    std::size_t* traceback = nullptr;
    mp_obj_exception_get_traceback(exception, &entries, &traceback);
    mp_printf(&mp_stderr_print, "%s: %s:", loader.program.executable.c_str(), loader.program.text.c_str());
    if (entries >= 3) {
        mp_printf(&mp_stderr_print, "%d:", static_cast<int>(traceback[1]));
    }
    mp_printf(&mp_stderr_print, " ");
    mp_obj_print_helper(&mp_stderr_print, exception, PRINT_EXC);
    if (mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&mp_type_MemoryError))) {
        mp_printf(&mp_stderr_print, " in a heap of %u bytes: -X heapsize=N gives it another size",
                  static_cast<unsigned>(loader.program.heap_bytes));
    }
    mp_printf(&mp_stderr_print, "\n");
}

mp_obj_t compile_script(Loader& loader) {
    if (!find_script(loader.program)) {
        loader.status = 2;
        return MP_OBJ_NULL;
    }
    nlr_buf_t jump;
    if (nlr_push(&jump) == 0) {
        const mp_obj_t function = compile_input(host::Input::file, loader.program.text.c_str());
        nlr_pop();
        return function;
    }
    print_refused(loader, MP_OBJ_FROM_PTR(jump.ret_val));
    loader.status = 2;
    return MP_OBJ_NULL;
}

void run_main(void* argument) {
    auto& loader = *static_cast<Loader*>(argument);
    if (!start_interpreter(loader.program, loader.heap, kMainStackBytes)) {
        loader.status = 2;
        return;
    }
    const mp_obj_t script = compile_script(loader);
    if (loader.status != 0) {
        return;
    }
    if (!mpy::start_service_thread(run_interrupts, kMainStackBytes)) {
        loader.status = 1;
        return;
    }
    phase = Phase::running;
    thread::pause_here();
    run_guarded(script);
    mpy::handle_events();
    phase = Phase::ended;
    do {
        thread::pause_here();
    } while (run_due_callbacks());
    phase = Phase::finishing;
    for (std::size_t i = 0; heddle_end_function(i) != MP_OBJ_NULL; ++i) {
        run_guarded(heddle_end_function(i));
    }
}

// The status of heddle check, as where a search has not ended.
constexpr int kNoMemory = 3;

}  // namespace

bool ExploredProgram::load(const host::Program& program, unsigned most_firings, std::uint64_t most_opcodes) {
    most_firings_ = most_firings;
    step_limit().set(most_opcodes);
    host::catch_stack_overflow();
    const std::size_t stacks = thread::kMostControlledStacks * kStackBytes;
    void* arena = mmap(reinterpret_cast<void*>(kArena), program.heap_bytes + stacks, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (arena == MAP_FAILED) {
        std::perror("heddle: can't get memory for the program");
        status_ = kNoMemory;
        return false;
    }
    auto* begin = static_cast<char*>(arena);
    thread::take_control({begin, stacks, kStackBytes});
    if (!host::make_board(program.board, program.scene)) {
        status_ = 1;
        return false;
    }
    set_up_threads(program);
    Loader loader{program, begin + stacks, 0};
    if (!thread::start_controlled(run_main, &loader, kMainStackBytes)) {
        status_ = 1;
        return false;
    }
    host::share_interpreter(true);
    if (thread::resume(*thread::find_fiber(kMain)) != thread::Stop::paused) {
        status_ = loader.status;
        return false;
    }
    thread::for_each_fiber([](thread::Fiber& fiber) {
        interrupts_fiber = fiber.role == thread::Role::service ? fiber.id : interrupts_fiber;
    });
    static_cast<void>(thread::resume(*thread::find_fiber(interrupts_fiber)));
    known[0] = {.id = kMain, .kind = ContextKind::thread};
    known_count = 1;
    heddle_notes_places = true;
    name_objects({begin, stacks, kStackBytes});
    heddle_vm_set_step(tick);
    return true;
}

}  // namespace heddle::program
