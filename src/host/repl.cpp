#include "host/repl.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "host/execute.hpp"

extern "C" {
#include "extmod/modplatform.h"
#include "genhdr/mpversion.h"
#include "py/repl.h"
#include "shared/readline/readline.h"
}

namespace heddle::host {
namespace {

constexpr char kHistoryFile[] = "/.heddle_history";

enum class Typed {
    nothing,
    line,
    paste,
    end,
};

int open_history(int flags) {
    const char* home = getenv("HOME");
    if (home == nullptr) {
        return -1;
    }
    vstr_t path;
    vstr_init(&path, 64);
    vstr_add_str(&path, home);
    vstr_add_str(&path, kHistoryFile);
    const int file = open(vstr_null_terminated_str(&path), flags, 0600);
    vstr_clear(&path);
    return file;
}

void read_history() {
    readline_init0();
    const int file = open_history(O_RDONLY);
    if (file == -1) {
        return;
    }
    vstr_t line;
    vstr_init(&line, 64);
    char c = 0;
    while (read(file, &c, 1) == 1) {
        if (c == '\n') {
            readline_push_history(vstr_null_terminated_str(&line));
            vstr_reset(&line);
        } else {
            vstr_add_byte(&line, static_cast<byte>(c));
        }
    }
    vstr_clear(&line);
    close(file);
}

void write_history() {
    const int file = open_history(O_CREAT | O_TRUNC | O_WRONLY);
    if (file == -1) {
        return;
    }
    for (std::size_t i = MP_ARRAY_SIZE(MP_STATE_PORT(readline_hist)); i-- > 0;) {
        if (const char* line = MP_STATE_PORT(readline_hist)[i]; line != nullptr) {
            dprintf(file, "%s\n", line);
        }
    }
    close(file);
}

Typed read_paste(vstr_t* line) {
    mp_hal_stdout_tx_str("\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\n=== ");
    vstr_reset(line);
    for (;;) {
        const char c = static_cast<char>(mp_hal_stdin_rx_chr());
        if (c == CHAR_CTRL_C) {
            mp_hal_stdout_tx_str("\n");
            return Typed::nothing;
        }
        if (c == CHAR_CTRL_D) {
            mp_hal_stdout_tx_str("\n");
            return Typed::paste;
        }
        vstr_add_byte(line, static_cast<byte>(c));
        if (c == '\r') {
            mp_hal_stdout_tx_str("\n=== ");
        } else {
            mp_hal_stdout_tx_strn(&c, 1);
        }
    }
}

/// Reads on while what is there is the beginning of a statement.
Typed read_continuation(vstr_t* line) {
    while (mp_repl_continue_with_input(vstr_null_terminated_str(line))) {
        vstr_add_byte(line, '\n');
        const int end = readline(line, mp_repl_get_ps2());
        if (end == CHAR_CTRL_C) {
            mp_hal_stdout_tx_str("\n");
            return Typed::nothing;
        }
        if (end == CHAR_CTRL_D) {
            break;
        }
    }
    return Typed::line;
}

Typed read_input(vstr_t* line) {
    vstr_reset(line);
    switch (readline(line, mp_repl_get_ps1())) {
        case CHAR_CTRL_C:
            mp_hal_stdout_tx_str("\r\n");
            return Typed::nothing;
        case CHAR_CTRL_D:
            mp_hal_stdout_tx_str("\n");
            return Typed::end;
        case CHAR_CTRL_E:
            return read_paste(line);
        default:
            return line->len == 0 ? Typed::nothing : read_continuation(line);
    }
}

int read_and_run() {
    vstr_t line;
    vstr_init(&line, 64);
    for (;;) {
        mp_hal_stdio_mode_raw();
        const Typed typed = read_input(&line);
        mp_hal_stdio_mode_orig();
        if (typed == Typed::end) {
            return 0;
        }
        if (typed == Typed::nothing) {
            continue;
        }
        const int status = execute(typed == Typed::paste ? Input::text : Input::line,
                                   vstr_null_terminated_str(&line), false);
        if ((status & kExitRequested) != 0) {
            return status;
        }
    }
}

}  // namespace

int repl() {
    mp_hal_stdout_tx_str(MICROPY_BANNER_NAME_AND_VERSION "; " MICROPY_BANNER_MACHINE
                                                         "\nUse Ctrl-D to exit, Ctrl-E for paste mode\n");
    int result = 0;
    const int failure = execute_protected([&result] {
        read_history();
        result = read_and_run();
        write_history();
    });
    mp_hal_stdio_mode_orig();
    return failure != 0 ? failure : result;
}

}  // namespace heddle::host
