#include "report/display.hpp"

#include <gtest/gtest.h>

namespace heddle::report {
namespace {

using Widths = std::vector<std::size_t>;

TEST(Display, EscapesWhatATerminalWouldObey) {
    EXPECT_EQ(escaped("x\x1b[2J\ty\r\n\x7f"), "x\\x1b[2J\\ty\\r\\n\\x7f");
    EXPECT_EQ(escaped(std::string("\0", 1)), "\\x00");
    EXPECT_EQ(escaped("\xc2\x9b"), "\\x9b");
    EXPECT_EQ(escaped("a\xe2\x80\xaez"), "a\\u202ez");
    EXPECT_EQ(escaped("\xf3\xa0\x80\xa1"), "\\U000e0021");
}

TEST(Display, EscapesBytesThatAreNoUtf8) {
    EXPECT_EQ(escaped("\xff"), "\\xff");
    EXPECT_EQ(escaped("\xc3"), "\\xc3");
    EXPECT_EQ(escaped("\xc3("), "\\xc3(");
    EXPECT_EQ(escaped("\xc0\x8a"), "\\xc0\\x8a");
    EXPECT_EQ(escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80");
    EXPECT_EQ(escaped("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(Display, LeavesOtherTextAsItIs) {
    EXPECT_EQ(escaped("n += 1  # \"\\n\""), "n += 1  # \"\\n\"");
    EXPECT_EQ(escaped("gr\u00fc\u00df \u65e5\u672c \U0001f600"), "gr\u00fc\u00df \u65e5\u672c \U0001f600");
}

TEST(Display, KnowsColumns) {
    EXPECT_EQ(width_of(""), 0U);
    EXPECT_EQ(width_of("gr\u00fcn"), 4U);
    EXPECT_EQ(width_of("\u65e5\u672c"), 4U);
    EXPECT_EQ(width_of("e\u0301"), 1U);
}

TEST(Display, Cuts) {
    EXPECT_EQ(cut("counter", 7), "counter");
    EXPECT_EQ(cut("counter", 6), "cou...");
    EXPECT_EQ(cut("counter", 3), "cou");
    EXPECT_EQ(cut("counter", 0), "");
    EXPECT_EQ(cut("\u65e5\u672c\u65e5\u672c", 6), "\u65e5...");
    EXPECT_EQ(fitted("ab", 4), "ab  ");
    EXPECT_EQ(fitted("\u65e5\u672c\u65e5\u672c", 6), "\u65e5... ");
}

TEST(Display, Counts) {
    EXPECT_EQ(counted(0, "step"), "0 steps");
    EXPECT_EQ(counted(1, "step"), "1 step");
    EXPECT_EQ(counted(2, "step"), "2 steps");
}

TEST(Display, QuotesForTheShell) {
    EXPECT_EQ(shell_word("out/a-1.replay"), "out/a-1.replay");
    EXPECT_EQ(shell_word("my file"), "'my file'");
    EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
    EXPECT_EQ(shell_word("$(x)"), "'$(x)'");
    EXPECT_EQ(shell_word(""), "''");
}

TEST(Display, SharesWidth) {
    EXPECT_EQ(shared_widths({5, 9, 7}, 30), (Widths{5, 9, 7}));
    EXPECT_EQ(shared_widths({5, 90, 70}, 65), (Widths{5, 30, 30}));
    EXPECT_EQ(shared_widths({50, 50, 50}, 30), (Widths{10, 10, 10}));
    EXPECT_EQ(shared_widths({}, 30), Widths{});
}

}  // namespace
}  // namespace heddle::report
