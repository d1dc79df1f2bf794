#include "host/startup.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "host/threads.hpp"
#include "mpy/micropython.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "mpy/board_modules.h"
#include "mpy/thread_module.h"

#include "extmod/vfs.h"
#include "extmod/vfs_posix.h"
#include "py/objstr.h"
#include "py/stackctrl.h"

// What sys.executable is; modsys.c refers to it.
extern mp_obj_str_t mp_sys_executable_obj;
}

namespace heddle::host {
namespace {

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

void set_up(const Program& program) {
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

/// The board's, or a lower one of the command line; the main thread counts.
std::size_t thread_limit_of(const Program& program) {
    const std::size_t of_board = program.board.thread_limit == 0 ? 0 : program.board.thread_limit + 1;
    return program.thread_limit == 0 || of_board == 0 ? program.thread_limit + of_board
                                                      : std::min(program.thread_limit, of_board);
}

}  // namespace

void set_up_threads(const Program& program) {
    thread::set_thread_limit(thread_limit_of(program));
    heddle_thread_set_board(program.board.default_stack, program.board.least_stack,
                            program.board.thread_limit_error.c_str());
}

bool start_interpreter(const Program& program, char* heap, std::size_t stack_bytes) {
    heddle_thread_local = &mp_state_ctx.thread;
    mp_stack_set_top(thread::stack_top());
    mp_stack_set_limit(stack_bytes);
    gc_init(heap, heap + program.heap_bytes);
    nlr_buf_t jump;
    if (nlr_push(&jump) != 0) {
        std::fprintf(stderr, "%s: a heap of %zu bytes is too small to start\n", program.executable.c_str(),
                     program.heap_bytes);
        return false;
    }
    set_up(program);
    nlr_pop();
    return true;
}

bool find_script(const Program& program) {
    static char path[PATH_MAX];
    if (realpath(program.text.c_str(), path) == nullptr) {
        const int error = errno;
        std::fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", program.executable.c_str(),
                     program.text.c_str(), error, std::strerror(error));
        return false;
    }
    const char* name = std::strrchr(path, '/');
    mp_obj_list_store(mp_sys_path, MP_OBJ_NEW_SMALL_INT(0),
                      mp_obj_new_str_via_qstr(path, static_cast<std::size_t>(name - path)));
    return true;
}

}  // namespace heddle::host
