#include "host/interpreter.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
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
#include "host/threads.hpp"
#include "mpy/micropython.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "mpy/board_modules.h"
#include "mpy/thread_module.h"

#include "extmod/modplatform.h"
#include "extmod/vfs.h"
#include "extmod/vfs_posix.h"
#include "genhdr/mpversion.h"
#include "py/objstr.h"
#include "py/stackctrl.h"

// What sys.executable is; modsys.c refers to it.
extern mp_obj_str_t mp_sys_executable_obj;
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

mp_obj_t string_object(const std::string& text) { return mp_obj_new_str_via_qstr(text.data(), text.size()); }

void mount_host_files() {
    mp_obj_t args[] = {
        MP_OBJ_TYPE_GET_SLOT(&mp_type_vfs_posix, make_new)(&mp_type_vfs_posix, 0, 0, nullptr),
        MP_OBJ_NEW_QSTR(MP_QSTR__slash_),
    };
    mp_vfs_mount(2, args, const_cast<mp_map_t*>(&mp_const_empty_map));
    MP_STATE_VM(vfs_cur) = MP_STATE_VM(vfs_mount_table);
    while (MP_STATE_VM(vfs_cur)->next != nullptr) {
        MP_STATE_VM(vfs_cur) = MP_STATE_VM(vfs_cur)->next;
    }
}

void append_path(const char* entry, std::size_t length) {
    const char* home = getenv("HOME");
    if (length >= 2 && entry[0] == '~' && entry[1] == '/' && home != nullptr) {
        vstr_t path;
        vstr_init(&path, std::strlen(home) + length);
        vstr_add_str(&path, home);
        vstr_add_strn(&path, entry + 1, length - 1);
        mp_obj_list_append(mp_sys_path, mp_obj_new_str_from_vstr(&path));
    } else {
        mp_obj_list_append(mp_sys_path, mp_obj_new_str_via_qstr(entry, length));
    }
}

void set_sys_path() {
    mp_sys_path = mp_obj_new_list(0, nullptr);
    mp_obj_list_append(mp_sys_path, MP_OBJ_NEW_QSTR(MP_QSTR_));
    const char* entry = getenv("MICROPYPATH");
    if (entry == nullptr) {
        entry = MICROPY_PY_SYS_PATH_DEFAULT;
    }
    if (*entry == ':') {
        ++entry;  // the empty entry is there already
    }
    while (*entry != '\0') {
        const char* end = strchrnul(entry, ':');
        append_path(entry, static_cast<std::size_t>(end - entry));
        entry = *end == ':' ? end + 1 : end;
    }
}

void set_sys_argv(const Program& program) {
    mp_obj_list_init(static_cast<mp_obj_list_t*>(MP_OBJ_TO_PTR(mp_sys_argv)), 0);
    for (const std::string& argument : program.arguments) {
        mp_obj_list_append(mp_sys_argv, string_object(argument));
    }
}

void set_sys_executable(const Program& program) {
    static char path[PATH_MAX];
    if (realpath("/proc/self/exe", path) == nullptr) {
        std::snprintf(path, sizeof path, "%s", program.executable.c_str());
    }
    mp_obj_str_set_data(&mp_sys_executable_obj, reinterpret_cast<const byte*>(path), std::strlen(path));
}

void start_interpreter(const Program& program) {
    mp_init();
    MP_STATE_VM(mp_optimise_value) = static_cast<mp_uint_t>(program.optimise);
    HEDDLE_VERBOSE_FLAG = static_cast<mp_uint_t>(program.verbose);
    mount_host_files();
    set_sys_path();
    set_sys_argv(program);
    set_sys_executable(program);
    heddle_schedule_depth = static_cast<std::uint8_t>(program.board.schedule_depth);
    heddle_make_board_modules();
}

int run_script(const Program& program) {
    static char path[PATH_MAX];
    if (realpath(program.text.c_str(), path) == nullptr) {
        const int error = errno;
        std::fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", program.executable.c_str(),
                     program.text.c_str(), error, std::strerror(error));
        return 2;
    }
    const char* name = std::strrchr(path, '/');
    mp_obj_list_store(mp_sys_path, MP_OBJ_NEW_SMALL_INT(0),
                      mp_obj_new_str_via_qstr(path, static_cast<std::size_t>(name - path)));
    return execute(Input::file, program.text.c_str(), program.compile_only);
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
    heddle_thread_local = &mp_state_ctx.thread;
    mp_stack_set_top(thread::stack_top());
    mp_stack_set_limit(kMainStackBytes);
    gc_init(run.heap, run.heap + program.heap_bytes);

    nlr_buf_t jump;
    if (nlr_push(&jump) != 0) {
        std::fprintf(stderr, "%s: a heap of %zu bytes is too small to start\n", program.executable.c_str(),
                     program.heap_bytes);
        run.status = 1;
        return;
    }
    start_interpreter(program);
    nlr_pop();
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

/// The board's, or a lower one of the command line; the main thread counts.
std::size_t thread_limit_of(const Program& program) {
    const std::size_t of_board = program.board.thread_limit == 0 ? 0 : program.board.thread_limit + 1;
    return program.thread_limit == 0 || of_board == 0 ? program.thread_limit + of_board
                                                      : std::min(program.thread_limit, of_board);
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
    thread::set_thread_limit(thread_limit_of(program));
    heddle_thread_set_board(program.board.default_stack, program.board.least_stack,
                            program.board.thread_limit_error.c_str());
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
