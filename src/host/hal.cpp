// MicroPython's hardware layer: terminal, clocks, waits, Ctrl-C.
#include <algorithm>
#include <csignal>
#include <cstring>
#include <ctime>

#include <sys/random.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>

#include "base/random.hpp"
#include "base/state.h"
#include "host/captured_output.hpp"
#include "host/handler_failure.hpp"
#include "host/simulated_board.hpp"
#include "host/threads.hpp"
#include "mpy/events.hpp"
#include "mpy/micropython.hpp"
#include "thread/control.hpp"
#include "thread/scheduler.hpp"

extern "C" {
#include "mpy/machine_functions.h"

#include "shared/readline/readline.h"
}

namespace {

namespace port = heddle::port;
namespace thread = heddle::thread;

constexpr port::Instant kMicrosecond = 1'000;
constexpr port::Instant kMillisecond = 1'000'000;
constexpr port::Instant kSecond = 1'000'000'000;

// A program that has not noticed Ctrl-C for so long is ended by the next one.
constexpr port::Instant kPatienceNs = kSecond;

volatile port::Instant interrupted_at = 0;

bool interrupt_is_pending() {
    return MP_STATE_MAIN_THREAD(mp_pending_exception) == MP_OBJ_FROM_PTR(&MP_STATE_VM(mp_kbd_exception));
}

void on_interrupt(int) {
    const int error = errno;
    const port::Instant now = thread::now();
    if (interrupt_is_pending()) {
        if (now - interrupted_at > kPatienceNs) {
            _exit(128 + SIGINT);
        }
    } else {
        interrupted_at = now;
        mp_sched_keyboard_interrupt();
        thread::interrupt_main([] { return !interrupt_is_pending(); });
    }
    errno = error;
}

void write_all(int file, const char* text, std::size_t length) {
    while (length > 0) {
        ssize_t written = 0;
        MP_HAL_RETRY_SYSCALL(written, write(file, text, length), return );
        text += written;
        length -= static_cast<std::size_t>(written);
    }
}

void print_to_stderr(void*, const char* text, std::size_t length) { write_all(STDERR_FILENO, text, length); }

// How long a sleep that lets nobody else run may take to notice Ctrl-C, which comes to another thread of the
// system.
constexpr port::Instant kNoticeNs = 10 * kMillisecond;

/// Or until a signal.
void sleep_carrier_until(port::Instant deadline) {
    timespec limit{};
    limit.tv_sec = deadline / kSecond;
    limit.tv_nsec = deadline % kSecond;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &limit, nullptr);
}

/// Interrupts come meanwhile, where they may.
void sleep_without_others(port::Instant deadline) {
    if (thread::is_controlled()) {
        thread::set_clock(std::max(thread::now(), deadline));
        return;
    }
    do {
        heddle::host::serve_interrupts();
        heddle::mpy::handle_events_or_raise();
        sleep_carrier_until(std::min(
            {deadline, heddle::host::next_board_event(), port::deadline_after(thread::now(), kNoticeNs)}));
    } while (thread::now() < deadline);
}

/// Raises what becomes pending meanwhile.
void sleep_until(port::Instant deadline) {
    if (!heddle::host::may_switch()) {
        sleep_without_others(deadline);
        return;
    }
    do {
        heddle::mpy::handle_events_or_raise();
    } while (thread::sleep_until(deadline) != port::Wake::timed_out);
}

/// At least once, others get their turn.
void sleep_for(std::int64_t nanoseconds) {
    if (nanoseconds >= kMillisecond) {
        heddle::host::note_sleep();
    }
    if (nanoseconds > 0) {
        sleep_until(port::deadline_after(thread::now(), nanoseconds));
    } else {
        heddle::mpy::handle_events_or_raise();
        heddle_machine_idle();
    }
}

// Of an explored program: the same numbers in each execution.
HEDDLE_STATE heddle::Random explored_random{1};

termios terminal_at_start;
bool is_raw = false;

}  // namespace

extern "C" {

const mp_print_t mp_stderr_print = {nullptr, print_to_stderr};

void mp_hal_set_interrupt_char(char c) {
    struct sigaction action {};
    action.sa_handler = c == CHAR_CTRL_C ? on_interrupt : SIG_DFL;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
}

void mp_hal_stdio_mode_raw(void) {
    if (is_raw || tcgetattr(STDIN_FILENO, &terminal_at_start) != 0) {
        return;
    }
    termios raw = terminal_at_start;
    raw.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    raw.c_cflag = (raw.c_cflag & ~static_cast<tcflag_t>(CSIZE | PARENB)) | CS8;
    raw.c_lflag = 0;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
    is_raw = true;
}

void mp_hal_stdio_mode_orig(void) {
    if (is_raw) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_at_start);
        is_raw = false;
    }
}

int(mp_hal_readline)(vstr_t* line, const char* prompt) {
    mp_hal_stdio_mode_raw();
    const int result = readline(line, prompt);
    mp_hal_stdio_mode_orig();
    return result;
}

int mp_hal_stdin_rx_chr(void) {
    unsigned char c = 0;
    ssize_t count = 0;
    MP_HAL_RETRY_SYSCALL(count, read(STDIN_FILENO, &c, 1), break);
    if (count <= 0) {
        return CHAR_CTRL_D;
    }
    return c == '\n' ? '\r' : c;
}

mp_uint_t mp_hal_stdout_tx_strn(const char* text, size_t length) {
    write_all(STDOUT_FILENO, text, length);
    return length;
}

void mp_hal_stdout_tx_strn_cooked(const char* text, size_t length) { mp_hal_stdout_tx_strn(text, length); }

void mp_hal_stdout_tx_str(const char* text) { mp_hal_stdout_tx_strn(text, std::strlen(text)); }

mp_uint_t mp_hal_ticks_ms(void) { return static_cast<mp_uint_t>(thread::now() / kMillisecond); }

mp_uint_t mp_hal_ticks_us(void) { return static_cast<mp_uint_t>(thread::now() / kMicrosecond); }

uint64_t mp_hal_time_ns(void) {
    timeval now{};
    gettimeofday(&now, nullptr);
    return static_cast<uint64_t>(now.tv_sec) * kSecond + static_cast<uint64_t>(now.tv_usec) * kMicrosecond;
}

void mp_hal_delay_ms(mp_uint_t ms) {
    sleep_for(ms >= static_cast<mp_uint_t>(port::kForever / kMillisecond)
                  ? port::kForever
                  : static_cast<std::int64_t>(ms) * kMillisecond);
}

void mp_hal_delay_us(mp_uint_t us) {
    sleep_for(us >= static_cast<mp_uint_t>(port::kForever / kMicrosecond)
                  ? port::kForever
                  : static_cast<std::int64_t>(us) * kMicrosecond);
}

void heddle_wait_for_event(mp_int_t timeout_ms) {
    heddle::host::note_sleep();
    if (heddle::host::may_switch()) {
        thread::sleep_until(timeout_ms < 0 ? port::kForever
                                           : port::deadline_after(thread::now(), timeout_ms * kMillisecond));
    }
}

void heddle_wait_for_interrupt(void) {
    heddle::host::note_sleep();
    heddle::mpy::handle_events_or_raise();
    if (heddle::host::may_switch()) {
        // As on a board, whose tick comes each millisecond, whatever happened since the last one.
        heddle::host::wait_for_interrupt(kMillisecond - thread::now() % kMillisecond);
        heddle::mpy::handle_events_or_raise();
    }
}

mp_obj_t heddle_time_sleep(mp_obj_t seconds_object) {
    const mp_float_t seconds = mp_obj_get_float(seconds_object);
    if (!(seconds >= 0)) {
        mp_raise_ValueError(MP_ERROR_TEXT("sleep length must be non-negative"));
    }
    const double nanoseconds = static_cast<double>(seconds) * 1e9;
    sleep_for(nanoseconds >= 9.2e18 ? port::kForever : static_cast<std::int64_t>(nanoseconds));
    return mp_const_none;
}

void mp_hal_get_random(size_t n, heddle_random_byte_t* buffer) {
    if (thread::is_controlled()) {
        std::generate_n(static_cast<char*>(buffer), n,
                        [] { return static_cast<char>(explored_random.next()); });
    } else if (getrandom(buffer, n, 0) != static_cast<ssize_t>(n)) {
        mp_raise_OSError(errno);
    }
}

}  // extern "C"
