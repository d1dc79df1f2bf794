// The C library's functions that reach out of the process, as MicroPython's modules call them: while a
// program is explored, what cannot be repeated or taken back is refused, output is kept, time is virtual.
//
// CMakeLists.txt lists the functions to the linker, which gives __real_NAME the C library's own.
#include <dirent.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <ctime>

#include "host/captured_output.hpp"
#include "host/threads.hpp"
#include "program/frozen_files.hpp"
#include "program/refusal.hpp"
#include "thread/control.hpp"
#include "thread/scheduler.hpp"

namespace {

using heddle::program::is_exploring;
using heddle::program::refuse;

namespace port = heddle::port;
namespace thread = heddle::thread;

constexpr port::Instant kSecond = 1'000'000'000;
constexpr port::Instant kMillisecond = 1'000'000;

// When an explored program's first step runs: the beginning of 2024, UTC.
constexpr time_t kStart = 1'704'067'200;

constexpr const char* kReadsInput = "repeat a read of standard input";

bool is_output(int file) noexcept { return file == STDOUT_FILENO || file == STDERR_FILENO; }

bool only_reads(int flags) noexcept {
    return (flags & O_ACCMODE) == O_RDONLY && (flags & (O_CREAT | O_TRUNC | O_APPEND)) == 0;
}

void refuse_wait_for(const pollfd& file) noexcept {
    if (!heddle::program::is_frozen(file.fd) && !is_output(file.fd)) {
        refuse(file.fd == STDIN_FILENO ? kReadsInput : "repeat a wait for what is outside of the program");
    }
}

/// Of virtual time; a negative number: until an event comes.
void sleep_for_ms(int timeout_ms) noexcept {
    const port::Instant deadline =
        timeout_ms < 0 ? port::kForever : port::deadline_after(thread::now(), timeout_ms * kMillisecond);
    if (heddle::host::may_switch()) {
        static_cast<void>(thread::sleep_until(deadline));
    } else {
        thread::set_clock(std::max(thread::now(), deadline));
    }
}

}  // namespace

extern "C" {

// ---- files

int __real_open(const char* path, int flags, ...);
int __wrap_open(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    if (!is_exploring()) {
        return __real_open(path, flags, mode);
    }
    if (!only_reads(flags)) {
        refuse("take back a write to the file", path);
    }
    return heddle::program::open_frozen(path);
}

ssize_t __real_read(int file, void* to, size_t bytes);
ssize_t __wrap_read(int file, void* to, size_t bytes) {
    if (!is_exploring()) {
        return __real_read(file, to, bytes);
    }
    if (file == STDIN_FILENO) {
        refuse(kReadsInput);
    }
    return heddle::program::is_frozen(file) ? heddle::program::read_frozen(file, to, bytes)
                                            : __real_read(file, to, bytes);
}

ssize_t __real_write(int file, const void* from, size_t bytes);
ssize_t __wrap_write(int file, const void* from, size_t bytes) {
    if (!is_exploring() || !is_output(file)) {
        return __real_write(file, from, bytes);
    }
    heddle::host::keep_output(static_cast<const char*>(from), bytes);
    return static_cast<ssize_t>(bytes);
}

off_t __real_lseek(int file, off_t offset, int whence);
off_t __wrap_lseek(int file, off_t offset, int whence) {
    return heddle::program::is_frozen(file) ? heddle::program::seek_frozen(file, offset, whence)
                                            : __real_lseek(file, offset, whence);
}

int __real_close(int file);
int __wrap_close(int file) {
    if (is_exploring() && file <= STDERR_FILENO && file >= 0) {
        refuse("take back the closing of standard input or output");
    }
    return heddle::program::is_frozen(file) ? heddle::program::close_frozen(file) : __real_close(file);
}

int __real_fsync(int file);
int __wrap_fsync(int file) { return is_exploring() ? 0 : __real_fsync(file); }

int __real_poll(pollfd* files, nfds_t count, int timeout_ms);
int __wrap_poll(pollfd* files, nfds_t count, int timeout_ms) {
    if (!is_exploring()) {
        return __real_poll(files, count, timeout_ms);
    }
    int ready = 0;
    for (nfds_t i = 0; i < count; ++i) {
        if (files[i].fd < 0) {
            continue;
        }
        refuse_wait_for(files[i]);
        files[i].revents = static_cast<short>(files[i].events & (POLLIN | POLLOUT));
        ready += files[i].revents != 0 ? 1 : 0;
    }
    if (ready == 0) {
        sleep_for_ms(timeout_ms);
    }
    return ready;
}

DIR* __real_opendir(const char* path);
DIR* __wrap_opendir(const char* path) {
    if (is_exploring()) {
        refuse("repeat a listing of the folder", path);
    }
    return __real_opendir(path);
}

int __real_unlink(const char* path);
int __wrap_unlink(const char* path) {
    if (is_exploring()) {
        refuse("take back the removal of", path);
    }
    return __real_unlink(path);
}

int __real_rmdir(const char* path);
int __wrap_rmdir(const char* path) {
    if (is_exploring()) {
        refuse("take back the removal of", path);
    }
    return __real_rmdir(path);
}

int __real_rename(const char* from, const char* to);
int __wrap_rename(const char* from, const char* to) {
    if (is_exploring()) {
        refuse("take back the renaming of", from);
    }
    return __real_rename(from, to);
}

int __real_mkdir(const char* path, mode_t mode);
int __wrap_mkdir(const char* path, mode_t mode) {
    if (is_exploring()) {
        refuse("take back the making of the folder", path);
    }
    return __real_mkdir(path, mode);
}

int __real_chdir(const char* path);
int __wrap_chdir(const char* path) {
    if (is_exploring()) {
        refuse("take back a change of the folder to", path);
    }
    return __real_chdir(path);
}

// ---- the process and others

int __real_setenv(const char* name, const char* value, int overwrite);
int __wrap_setenv(const char* name, const char* value, int overwrite) {
    if (is_exploring()) {
        refuse("take back a change of the environment variable", name);
    }
    return __real_setenv(name, value, overwrite);
}

int __real_unsetenv(const char* name);
int __wrap_unsetenv(const char* name) {
    if (is_exploring()) {
        refuse("take back a change of the environment variable", name);
    }
    return __real_unsetenv(name);
}

int __real_system(const char* command);
int __wrap_system(const char* command) {
    if (is_exploring()) {
        refuse("repeat the command", command);
    }
    return __real_system(command);
}

void* __real_dlopen(const char* path, int flags);
void* __wrap_dlopen(const char* path, int flags) {
    if (is_exploring()) {
        refuse("take back what is done by the library", path == nullptr ? "of the process" : path);
    }
    return __real_dlopen(path, flags);
}

int __real_socket(int domain, int type, int protocol);
int __wrap_socket(int domain, int type, int protocol) {
    if (is_exploring()) {
        refuse("repeat what comes through a socket");
    }
    return __real_socket(domain, type, protocol);
}

int __real_getaddrinfo(const char* host, const char* service, const addrinfo* hints, addrinfo** found);
int __wrap_getaddrinfo(const char* host, const char* service, const addrinfo* hints, addrinfo** found) {
    if (is_exploring()) {
        refuse("repeat a look-up of the host", host == nullptr ? "" : host);
    }
    return __real_getaddrinfo(host, service, hints, found);
}

int __real_tcsetattr(int file, int when, const termios* attributes);
int __wrap_tcsetattr(int file, int when, const termios* attributes) {
    if (is_exploring()) {
        refuse("take back a change of the terminal");
    }
    return __real_tcsetattr(file, when, attributes);
}

// ---- time

int __real_gettimeofday(timeval* now, void* zone);
int __wrap_gettimeofday(timeval* now, void* zone) {
    if (!is_exploring()) {
        return __real_gettimeofday(now, zone);
    }
    const port::Instant passed = thread::now();
    *now = {.tv_sec = kStart + passed / kSecond, .tv_usec = passed % kSecond / 1000};
    return 0;
}

time_t __real_time(time_t* now);
time_t __wrap_time(time_t* now) {
    if (!is_exploring()) {
        return __real_time(now);
    }
    const time_t seconds = kStart + thread::now() / kSecond;
    if (now != nullptr) {
        *now = seconds;
    }
    return seconds;
}

clock_t __real_clock();
clock_t __wrap_clock() {
    return is_exploring() ? thread::now() / (kSecond / CLOCKS_PER_SEC) : __real_clock();
}

}  // extern "C"
