#include "report/examples_test.hpp"

namespace heddle::report {

using record::FindingKind;
using record::ReportFinding;

ReportFinding lost_update() {
    const std::string line = "total += amount";
    const std::string file = "bank.py";
    return {
        .kind = FindingKind::lost_update,
        .message =
            "thread 1 (pay) overwrites total, which thread 2 (pay) wrote after thread 1 (pay) had read it",
        .file = file,
        .line = 7,
        .preemptions = 1,
        .contexts = {{.name = "main"}, {.name = "thread 1 (pay)"}, {.name = "thread 2 (pay)"}},
        .steps = {{0, file, 10, "_thread.start_new_thread(pay, (1,))", "starts thread 1"},
                  {0, file, 11, "_thread.start_new_thread(pay, (2,))", "starts thread 2"},
                  {1, file, 7, line, "reads total = 0"},
                  {2, file, 7, line, "reads total = 0", true},
                  {2, file, 7, line, "writes total = 2"},
                  {1, file, 7, line, "writes total = 1"}},
        .accesses = {{{{2, file, 7, line, "writes total = 2", {}},
                       {1, file, 7, line, "writes total = 1", {"log"}}}}},
        .replay_path = "bank-1.replay"};
}

ReportFinding deadlock() {
    const std::string file = "pair.py";
    return {.kind = FindingKind::deadlock,
            .message = "thread 1 (left) and thread 2 (right) wait for each other",
            .file = file,
            .line = 8,
            .preemptions = 1,
            .contexts = {{.name = "main"}, {.name = "thread 1 (left)"}, {.name = "thread 2 (right)"}},
            .steps = {{1, file, 7, "with a:", "takes lock a"},
                      {2, file, 13, "with b:", "takes lock b", true},
                      {2, file, 14, "with a:", "waits for lock a"},
                      {1, file, 8, "with b:", "waits for lock b"}},
            .waits = {{.context = 1,
                       .lock = "b",
                       .file = file,
                       .line = 8,
                       .holder = 2,
                       .held_file = file,
                       .held_line = 13},
                      {.context = 2,
                       .lock = "a",
                       .file = file,
                       .line = 14,
                       .holder = 1,
                       .held_file = file,
                       .held_line = 7}},
            .replay_path = "out dir/pair-1.replay"};
}

ReportFinding assertion() {
    const std::string file = "clock.py";
    return {
        .kind = FindingKind::assertion,
        .message = "AssertionError: the handler saw minutes and seconds that do not fit",
        .file = file,
        .line = 6,
        .traceback =
            "Traceback (most recent call last):\n"
            "  File \"clock.py\", line 6, in tick\n"
            "AssertionError: 0:60\n",
        .interrupts = 1,
        .contexts = {{.name = "main"}, {.name = "timer -1 (tick)", .is_interrupt = true}},
        .steps = {{0, file, 10, "timer = Timer(-1, period=10, callback=tick)", "starts timer -1"},
                  {0, file, 12, "seconds += 1", "reads seconds = 59"},
                  {0, file, 12, "seconds += 1", "writes seconds = 60"},
                  {1, file, 6, "assert seconds < 60, \"%d:%d\" % (minutes, seconds)", "fires"},
                  {1, file, 6, "assert seconds < 60, \"%d:%d\" % (minutes, seconds)", "reads seconds = 60"}},
        .replay_path = "clock-1.replay"};
}

}  // namespace heddle::report
