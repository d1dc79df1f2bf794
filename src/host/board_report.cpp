#include "host/board_report.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "host/simulated_board.hpp"

namespace heddle::host {
namespace {

void print_row(const std::string& name, unsigned long long fired, unsigned long long late,
               unsigned long long dropped, unsigned long long deferred) {
    std::fprintf(stderr, "%-12s %10llu %10llu %10llu %10llu\n", name.c_str(), fired, late, dropped, deferred);
}

void print_line(const std::string& name, board::SourceId source, unsigned long long late) {
    const board::SourceCounters& counters = the_board().interrupts().counters(source);
    if (counters.raised != 0) {
        print_row(name, counters.entered - counters.dropped, late, counters.merged + counters.dropped,
                  counters.deferred);
    }
}

void print_statistics() {
    std::fprintf(stderr, "%-12s %10s %10s %10s %10s\n", "interrupts", "fired", "late", "dropped", "deferred");
    const board::TimerQueue& timers = the_board().timers();
    for (std::size_t i = 0; i < timers.timers(); ++i) {
        const auto timer = static_cast<board::TimerId>(i);
        print_line("timer " + std::to_string(i), timers.source(timer), timers.counters(timer).late);
    }
    for (std::size_t i = 0; i < the_board().pins(); ++i) {
        print_line("pin " + board_profile().pin_list[i].name,
                   the_board().pin(static_cast<board::PinId>(i)).source(), 0);
    }
    const board::Statistics all = the_board().statistics();
    print_row("all", all.fired, all.late, all.dropped, all.deferred);
}

bool write_recording(const Program& program) {
    std::FILE* file = std::fopen(program.record_scene.c_str(), "w");
    if (file == nullptr) {
        std::fprintf(stderr, "%s: can't write '%s': %s\n", program.executable.c_str(),
                     program.record_scene.c_str(), std::strerror(errno));
        return false;
    }
    const std::string text = write_scene(what_happened(), board_profile());
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    if (std::fclose(file) != 0 || !written) {
        std::fprintf(stderr, "%s: can't write '%s'\n", program.executable.c_str(),
                     program.record_scene.c_str());
        return false;
    }
    return true;
}

}  // namespace

bool report_on_board(const Program& program) {
    if (program.statistics) {
        print_statistics();
    }
    return program.record_scene.empty() || write_recording(program);
}

}  // namespace heddle::host
