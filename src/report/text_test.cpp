#include "report/text.hpp"

#include <gtest/gtest.h>

#include "report/display.hpp"
#include "report/examples_test.hpp"

namespace heddle::report {
namespace {

using record::Report;
using record::ReportFinding;
using record::ReportVerdict;
using record::Severity;

TEST(FindingText, ShowsALostUpdate) {
    EXPECT_EQ(
        text_of(lost_update(), {}),
        R"(bank.py:7: error: thread 1 (pay) overwrites total, which thread 2 (pay) wrote after thread 1 (pay) had read it [lost-update]

   thread 2 (pay)  bank.py:7  total += amount
                   writes total = 2, holds no lock
   thread 1 (pay)  bank.py:7  total += amount
                   writes total = 1, holds log

6 steps, 1 preemption (>), 0 interrupts:
   main                               thread 1 (pay)        thread 2 (pay)
   10 _thread.start_new_thread(pa...
        starts thread 1
   11 _thread.start_new_thread(pa...
        starts thread 2
                                      7 total += amount
                                          reads total = 0
>                                                           7 total += amount
                                                                reads total = 0
                                                                writes total = 2
                                      7 total += amount
 !                                        writes total = 1

replay: heddle replay bank-1.replay

)");
}

TEST(FindingText, ShowsADeadlock) {
    EXPECT_EQ(text_of(deadlock(), {}),
              R"(pair.py:8: error: thread 1 (left) and thread 2 (right) wait for each other [deadlock]

   thread 1 (left) waits for b at pair.py:8, held since pair.py:13 by thread 2 (right)
   thread 2 (right) waits for a at pair.py:14, held since pair.py:7 by thread 1 (left)

4 steps, 1 preemption (>), 0 interrupts:
   thread 1 (left)       thread 2 (right)
   7 with a:
       takes lock a
>                        13 with b:
                              takes lock b
                         14 with a:
                              waits for lock a
   8 with b:
 !     waits for lock b

replay: heddle replay 'out dir/pair-1.replay'

)");
}

TEST(FindingText, ShowsAnAssertionInAHandler) {
    EXPECT_EQ(
        text_of(assertion(), {}),
        R"(clock.py:6: error: AssertionError: the handler saw minutes and seconds that do not fit [assertion]

5 steps, 0 preemptions, 1 interrupt:
   main                                   timer -1 (tick)
   10 timer = Timer(-1, period=10, ca...
        starts timer -1
   12 seconds += 1
        reads seconds = 59
        writes seconds = 60
                                          6 assert seconds < 60, "%d:%d" % (...
                                              fires
 !                                            reads seconds = 60

   Traceback (most recent call last):
     File "clock.py", line 6, in tick
   AssertionError: 0:60

replay: heddle replay clock-1.replay

)");
}

TEST(FindingText, ExplainsTheMarkBesideThoseThatHaveIt) {
    ReportFinding finding = assertion();
    for (record::ReportStep& step : finding.steps) {
        step.preempts = finding.contexts[step.context].is_interrupt;
    }
    const std::string text = text_of(finding, {});
    EXPECT_NE(text.find("0 preemptions, 1 interrupt (>):\n"), std::string::npos) << text;
}

TEST(FindingText, IsWiderOnAWiderTerminal) {
    const std::string wide = text_of(lost_update(), {.width = 100});
    EXPECT_NE(wide.find("   10 _thread.start_new_thread(pay, (1,))\n"), std::string::npos) << wide;
    EXPECT_EQ(text_of(lost_update(), {.width = 10}), text_of(lost_update(), {.width = 80}));
}

TEST(FindingText, HasColoursOnlyIfAsked) {
    EXPECT_EQ(text_of(deadlock(), {}).find('\x1b'), std::string::npos);
    const std::string text = text_of(deadlock(), {.colours = true});
    EXPECT_EQ(text.find("\x1b[1mpair.py:8: error: thread 1"), 0U);
    EXPECT_NE(text.find("[deadlock]\x1b[0m\n"), std::string::npos);
    EXPECT_NE(text.find("\n\x1b[31m   8 with b:\x1b[0m\n\x1b[31m !     waits for lock b\x1b[0m\n"),
              std::string::npos);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\x1b'), 6);
}

TEST(FindingText, EscapesAllThatTheProgramSays) {
    const std::string evil = "\x1b[2J";
    const ReportFinding finding{
        .message = evil,
        .file = evil,
        .line = 1,
        .traceback = evil + "\n" + evil,
        .contexts = {{evil}},
        .steps = {{.file = evil + "2", .line = 1, .source_text = evil, .what = evil}},
        .accesses = {{{{0, evil, 1, evil, evil, {evil}}, {0, evil, 1, evil, evil, {evil}}}}},
        .waits = {{.lock = evil, .file = evil, .line = 1, .holder = 0, .held_file = evil, .held_line = 2}},
        .replay_path = evil,
    };
    const std::string text = text_of(finding, {});
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(text.find("replay: heddle replay '\\x1b[2J'\n"), std::string::npos) << text;
}

TEST(FindingText, TellsOtherWaits) {
    ReportFinding finding = deadlock();
    finding.waits = {{.context = 1, .lock = "ready", .file = "pair.py", .line = 3},
                     {.context = 1, .lock = "a", .holder = 1, .held_file = "pair.py", .held_line = 4},
                     {.context = 1, .lock = "b", .holder = 2, .holder_ended = true},
                     {.context = 0, .file = "pair.py", .line = 9},
                     {.context = 0, .file = "pair.py", .line = 5, .holder = 2}};
    const std::string text = text_of(finding, {});
    for (const char* line : {"   thread 1 (left) waits for ready at pair.py:3, which nobody releases\n",
                             "   thread 1 (left) waits for a, held since pair.py:4 by itself\n",
                             "   thread 1 (left) waits for b, held by thread 2 (right), which has ended\n",
                             "   main waits at pair.py:9, and nobody wakes it\n",
                             "   main waits at pair.py:5, until thread 2 (right) is over\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << text;
    }
}

TEST(FindingText, TellsWhatACycleOfLocksCouldDo) {
    ReportFinding finding = deadlock();
    finding.kind = record::FindingKind::lock_order;
    const std::string text = text_of(finding, {});
    EXPECT_NE(text.find("\n   thread 1 (left) would wait for b at pair.py:8, held since "), std::string::npos)
        << text;
}

TEST(FindingText, IsASentenceIfNoMoreIsKnown) {
    EXPECT_EQ(text_of(ReportFinding{.kind = record::FindingKind::step_limit,
                                    .severity = Severity::warning,
                                    .message = "no end after 100000 steps"},
                      {}),
              "warning: no end after 100000 steps [step-limit]\n\n");
}

// --- the verdict ---

Report clean() {
    return {.verdict = ReportVerdict::clean,
            .complete = true,
            .bounds = {.irqs = 2},
            .statistics = {.executions = 34904}};
}

TEST(Verdict, OfACompleteSearchStatesItsBounds) {
    Report report = clean();
    EXPECT_EQ(verdict_of(report),
              "no error in 34904 executions: complete, all interleavings with at most 2 interrupts a source");
    report.bounds = {.irqs = 1, .preemptions = 3};
    EXPECT_EQ(
        verdict_of(report),
        "no error in 34904 executions: complete, all interleavings with at most 1 interrupt a source and "
        "at most 3 preemptions");
    report.bounds = {.irqs = 0};
    EXPECT_EQ(verdict_of(report),
              "no error in 34904 executions: complete, all interleavings with no interrupts");
}

TEST(Verdict, CountsErrorsAndWarnings) {
    Report report = clean();
    report.findings = {lost_update(), deadlock(), assertion()};
    report.findings[1].severity = Severity::warning;
    report.verdict = ReportVerdict::error;
    EXPECT_EQ(verdict_of(report).substr(0, 49), "2 errors, 1 warning in 34904 executions: complete");
    report.complete = false;
    EXPECT_EQ(verdict_of(report), "2 errors, 1 warning in 34904 executions");
}

TEST(Verdict, CountsExecutionsThatBlock) {
    Report report = clean();
    report.findings = {deadlock()};
    report.complete = false;
    report.statistics = {.executions = 2, .blocked = 1};
    report.verdict = ReportVerdict::error;
    EXPECT_EQ(verdict_of(report), "1 error in 3 executions (1 blocked)");
}

TEST(Verdict, OfAnUnfinishedSearchSaysWhatEndedIt) {
    Report report = clean();
    report.verdict = ReportVerdict::unfinished;
    report.complete = false;
    report.ended_by = "--time 60";
    EXPECT_EQ(verdict_of(report), "unfinished: no error in 34904 executions; ended by --time 60");
    report.ended_by.clear();
    report.left_out = "what follows";
    EXPECT_EQ(verdict_of(report), "unfinished: no error in 34904 executions; left out: what follows");
    report.left_out.clear();
    report.statistics.executions = 1;
    EXPECT_EQ(verdict_of(report), "unfinished: no error in 1 execution");
}

TEST(ReportText, EndsWithTheVerdict) {
    Report report = clean();
    EXPECT_EQ(text_of(report, {}), verdict_of(report) + "\n");
    report.findings = {lost_update(), deadlock()};
    EXPECT_EQ(text_of(report, {}),
              text_of(lost_update(), {}) + text_of(deadlock(), {}) + verdict_of(report) + "\n");
}

TEST(ReportText, HasTheOutputOfAnExecutionAndCountsWhatItLeavesOut) {
    Report report = clean();
    report.output = "one\ntwo \x1b\n";
    report.others = 1;
    EXPECT_EQ(text_of(report, {}),
              "output:\n   one\n   two \\x1b\n\n1 other finding of this execution left out\n" +
                  verdict_of(report) + "\n");
}

TEST(ReportText, ShowsTheEndOfALongOutput) {
    Report report = clean();
    for (int i = 1; i <= 103; ++i) {
        report.output += std::to_string(i) + "\n";
    }
    EXPECT_EQ(text_of(report, {}).substr(0, 42), "output:\n   ... 3 lines left out\n   4\n   5\n");
}

}  // namespace
}  // namespace heddle::report
