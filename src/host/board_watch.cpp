#include "host/board_watch.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "board/view.hpp"
#include "host/simulated_board.hpp"
#include "mpy/service_thread.hpp"
#include "thread/scheduler.hpp"

namespace heddle::host {
namespace {

constexpr port::Instant kEveryNs = 100'000'000;
constexpr std::size_t kStackBytes = std::size_t{64} * 1024;
constexpr unsigned kLines = 4;  // of the view on a terminal

struct Watch {
    bool runs = false;
    bool on_terminal = false;
    unsigned rows = 0;  // of the terminal
    std::size_t columns = 0;
    std::string shown;  // elsewhere
};

Watch watch;

void write_out(const std::string& text) noexcept {
    static_cast<void>(!write(STDERR_FILENO, text.data(), text.size()));
}

std::string at_row(unsigned row) { return "\x1b[" + std::to_string(row) + ";1H\x1b[2K"; }

void look_at_terminal() noexcept {
    winsize size{};
    watch.on_terminal = isatty(STDERR_FILENO) != 0 && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 &&
                        size.ws_row > 2 * kLines && size.ws_col > 20;
    watch.rows = size.ws_row;
    watch.columns = size.ws_col;
}

/// Everything else scrolls above the view.
void reserve_rows() {
    const std::string last = std::to_string(watch.rows - kLines);
    write_out(std::string(kLines, '\n') + "\x1b[1;" + last + "r\x1b[" + last + ";1H");
}

void draw() {
    std::vector<std::string> lines = pin_lines(the_board(), board_profile(), watch.columns);
    lines.insert(lines.begin(), counter_line(the_board()));
    lines.resize(kLines);
    std::string text =
        "\x1b"
        "7";
    for (unsigned i = 0; i < kLines; ++i) {
        text += at_row(watch.rows - kLines + 1 + i) + lines[i].substr(0, watch.columns);
    }
    write_out(text +
              "\x1b"
              "8");
}

void print_if_changed() {
    std::string now;
    for (const std::string& line : pin_lines(the_board(), board_profile(), SIZE_MAX)) {
        now += "; " + line;
    }
    if (now != watch.shown) {
        watch.shown = now;
        write_out(counter_line(the_board()) + now + "\n");
    }
}

void show() {
    if (watch.on_terminal) {
        draw();
    } else {
        print_if_changed();
    }
}

void run_watch() {
    for (;;) {
        show();
        thread::sleep_until(port::deadline_after(thread::now(), kEveryNs));
    }
}

}  // namespace

bool start_watch() noexcept {
    look_at_terminal();
    if (watch.on_terminal) {
        reserve_rows();
    }
    watch.runs = mpy::start_service_thread(run_watch, kStackBytes);
    return watch.runs;
}

void end_watch() noexcept {
    if (!watch.runs) {
        return;
    }
    show();
    if (watch.on_terminal) {
        write_out("\x1b[r" + at_row(watch.rows) + "\n");
    }
}

}  // namespace heddle::host
