#include "report/progress.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace heddle::report {
namespace {

TEST(ProgressLine, SaysWhatIsKnown) {
    EXPECT_EQ(progress_line({}, 80), "0 executions, 0/s, depth 0");
    EXPECT_EQ(progress_line({.executions = 34904, .per_second = 231'000, .depth = 40}, 80),
              "34904 executions, 231k/s, depth 40");
}

TEST(ProgressLine, EstimatesWhatIsLeft) {
    Progress progress{.executions = 1, .per_second = 1000, .depth = 7, .executions_left = 12'000};
    EXPECT_EQ(progress_line(progress, 80), "1 execution, 1.0k/s, depth 7, about 12k left (12 s)");
    progress.executions_left = 1.25e6;
    EXPECT_EQ(progress_line(progress, 80), "1 execution, 1.0k/s, depth 7, about 1.2M left (21 min)");
    progress.executions_left = 3.6e7;
    EXPECT_EQ(progress_line(progress, 80), "1 execution, 1.0k/s, depth 7, about 36M left (10 h)");
    progress.executions_left = 1e300;
    EXPECT_EQ(progress_line(progress, 80), "1 execution, 1.0k/s, depth 7, about 1e+300 left (1e+292 days)");
}

TEST(ProgressLine, RoundsToTheNextUnit) {
    EXPECT_EQ(progress_line({.per_second = 999.4}, 80), "0 executions, 999/s, depth 0");
    EXPECT_EQ(progress_line({.per_second = 999.6}, 80), "0 executions, 1.0k/s, depth 0");
    EXPECT_EQ(progress_line({.per_second = 9960}, 80), "0 executions, 10k/s, depth 0");
    EXPECT_EQ(progress_line({.per_second = 999'600}, 80), "0 executions, 1.0M/s, depth 0");
}

TEST(ProgressLine, DividesByNothing) {
    EXPECT_EQ(progress_line({.executions_left = 5}, 80), "0 executions, 0/s, depth 0, about 5 left");
    EXPECT_EQ(progress_line({.executions_left = std::numeric_limits<double>::infinity()}, 80),
              "0 executions, 0/s, depth 0");
}

TEST(ProgressLine, IsCutToItsWidth) {
    EXPECT_EQ(progress_line({.executions = 34904}, 16), "34904 executi...");
}

}  // namespace
}  // namespace heddle::report
