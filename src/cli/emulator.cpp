#include "cli/emulator.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "cli/firmware_source.hpp"

namespace heddle::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kSignalBase = 128;

/// The terminal as it was: QEMU changes it, and cannot change it back when it is killed.
class Terminal {
  public:
    Terminal() noexcept : is_one_(tcgetattr(STDIN_FILENO, &settings_) == 0) {}
    ~Terminal() {
        if (is_one_) {
            tcsetattr(STDIN_FILENO, TCSANOW, &settings_);
        }
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

  private:
    termios settings_{};
    bool is_one_;
};

/// The signals that end a process, as a file while it lives.
class Signals {
  public:
    Signals() noexcept {
        sigset_t all;
        sigemptyset(&all);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            sigaddset(&all, signal);
        }
        sigprocmask(SIG_BLOCK, &all, &before_);
        file_ = signalfd(-1, &all, SFD_NONBLOCK | SFD_CLOEXEC);
    }
    ~Signals() {
        close(file_);
        sigprocmask(SIG_SETMASK, &before_, nullptr);
    }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    [[nodiscard]] int file() const noexcept { return file_; }
    /// As they were: for a child.
    void restore() const noexcept { sigprocmask(SIG_SETMASK, &before_, nullptr); }
    /// 0: there was none.
    [[nodiscard]] int take() const noexcept {
        signalfd_siginfo info{};
        return read(file_, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
    }

  private:
    sigset_t before_{};
    int file_ = -1;
};

/// Writes what comes, with "\r\n" as "\n".
class Output {
  public:
    void write(const char* text, std::size_t length) {
        for (std::size_t i = 0; i < length; ++i) {
            if (returned_ && text[i] != '\n') {
                std::putchar('\r');
            }
            returned_ = text[i] == '\r';
            if (!returned_) {
                std::putchar(text[i]);
            }
        }
        std::fflush(stdout);
    }
    void end() {
        if (returned_) {
            std::putchar('\r');
        }
        std::fflush(stdout);
    }

  private:
    bool returned_ = false;
};

[[noreturn]] void exec_emulator(const Emulation& emulation, const Signals& signals, int output,
                                pid_t parent) {
    signals.restore();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(kInterrupted);
    }
    dup2(output, STDOUT_FILENO);
    std::vector<char*> words;
    for (const std::string& word : emulation.command) {
        words.push_back(const_cast<char*>(word.c_str()));
    }
    words.push_back(nullptr);
    execv(words[0], words.data());
    std::perror(words[0]);
    _exit(127);
}

int wait_for(pid_t child) noexcept {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalBase + WTERMSIG(status);
}

/// Milliseconds for poll(), rounded up.
int milliseconds_until(Clock::time_point end) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    constexpr long long kMost = 1'000'000;
    return static_cast<int>(left < 0 ? 0 : left < kMost ? left : kMost);
}

class Watch {
  public:
    Watch(const Emulation& emulation, const Signals& signals, int output) noexcept
        : emulation_(emulation), signals_(signals), output_(output) {}

    /// Until its output ends. Returns why it has to be killed, as an exit status; 0: it need not.
    int run() {
        const bool limited = emulation_.limit_s > 0;
        const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                            std::chrono::duration<double>(emulation_.limit_s));
        for (;;) {
            if (limited && Clock::now() >= end) {
                return kTimeLimit;
            }
            pollfd files[] = {{signals_.file(), POLLIN, 0}, {output_, POLLIN, 0}};
            poll(files, 2, limited ? milliseconds_until(end) : -1);
            if (const int signal = signals_.take(); signal != 0) {
                return kSignalBase + signal;
            }
            if (files[1].revents != 0 && !pass_on()) {
                return 0;
            }
        }
    }

  private:
    bool pass_on() {
        char text[4096];
        const ssize_t length = read(output_, text, sizeof text);
        if (length > 0) {
            written_.write(text, static_cast<std::size_t>(length));
        } else if (length == 0) {
            written_.end();
        }
        return length > 0 || (length < 0 && errno == EINTR);
    }

    const Emulation& emulation_;
    const Signals& signals_;
    int output_;
    Output written_;
};

}  // namespace

int emulate(const Emulation& emulation) {
    const Terminal terminal;
    const Signals signals;
    int ends[2];
    if (pipe(ends) != 0) {
        throw ImageError(std::string("can't make a pipe: ") + std::strerror(errno));
    }
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        exec_emulator(emulation, signals, ends[1], parent);
    }
    close(ends[1]);
    int why = Watch(emulation, signals, ends[0]).run();
    if (why != 0) {
        kill(child, SIGKILL);
    }
    close(ends[0]);
    const int status = wait_for(child);
    // Ctrl-C at the terminal reaches both, and QEMU may be the first to end.
    if (const int signal = signals.take(); why == 0 && signal != 0) {
        why = kSignalBase + signal;
    }
    if (why == kTimeLimit) {
        std::fprintf(stderr, "heddle: the board has not ended within %g s\n", emulation.limit_s);
    }
    return why != 0 ? why : status;
}

}  // namespace heddle::cli
