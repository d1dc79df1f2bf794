#include "report/interleaving.hpp"

#include <gtest/gtest.h>

#include "report/display.hpp"
#include "report/examples_test.hpp"

namespace heddle::report {
namespace {

using Indices = std::vector<std::size_t>;
using record::ContextId;
using record::ReportFinding;

/// A step for each entry, each on a line of its own.
ReportFinding of_contexts(const std::vector<ContextId>& contexts) {
    ReportFinding finding{.file = "a.py"};
    for (const ContextId context : contexts) {
        finding.steps.push_back(
            {.context = context, .file = "a.py", .line = finding.steps.size() + 1, .source_text = "step()"});
        while (finding.contexts.size() <= context) {
            finding.contexts.push_back({"thread " + std::to_string(finding.contexts.size())});
        }
    }
    return finding;
}

std::string joined(const std::vector<InterleavingLine>& lines) {
    std::string text;
    for (const InterleavingLine& line : lines) {
        text += line.text + (line.fails ? "#\n" : "\n");
    }
    return text;
}

Indices from_to(std::size_t first, std::size_t last) {
    Indices indices;
    for (std::size_t i = first; i <= last; ++i) {
        indices.push_back(i);
    }
    return indices;
}

TEST(StepsThatMatter, AreTheLastOnes) {
    EXPECT_EQ(steps_that_matter({}), Indices{});
    EXPECT_EQ(steps_that_matter(of_contexts(std::vector<ContextId>(5, 1))), from_to(0, 4));
    EXPECT_EQ(steps_that_matter(of_contexts(std::vector<ContextId>(30, 1))), from_to(18, 29));
}

TEST(StepsThatMatter, AreBothSidesOfASwitch) {
    std::vector<ContextId> contexts(30, 1);
    contexts[5] = 2;
    Indices expected{4, 5, 6};
    const Indices last = from_to(18, 29);
    expected.insert(expected.end(), last.begin(), last.end());
    EXPECT_EQ(steps_that_matter(of_contexts(contexts)), expected);
}

TEST(StepsThatMatter, AreTheAccesses) {
    ReportFinding finding = of_contexts(std::vector<ContextId>(30, 1));
    record::ReportAccess access{.context = 1, .file = "a.py", .line = 3};
    finding.accesses = {access, access};
    finding.accesses->at(1).line = 30;
    EXPECT_EQ(steps_that_matter(finding).front(), 2U);
    EXPECT_EQ(steps_that_matter(finding).size(), 13U);
    finding.accesses->at(0).context = 2;
    EXPECT_EQ(steps_that_matter(finding).front(), 18U);
}

TEST(StepsThatMatter, AreNotTooMany) {
    std::vector<ContextId> contexts;
    for (std::size_t i = 0; i < 1000; ++i) {
        contexts.push_back(i % 2);
    }
    EXPECT_EQ(steps_that_matter(of_contexts(contexts)), from_to(960, 999));
}

TEST(StepsThatMatter, AreNotInterruptedForOne) {
    std::vector<ContextId> contexts(20, 1);
    contexts[4] = 2;  // 3 to 5 are of a switch, 6 is not, 7 to 19 are the last ones
    contexts.resize(19);
    EXPECT_EQ(steps_that_matter(of_contexts(contexts)), from_to(3, 18));
}

TEST(Interleaving, SaysHowManyStepsAreLeftOut) {
    EXPECT_EQ(joined(interleaving_lines(of_contexts(std::vector<ContextId>(14, 0)), 80)).substr(0, 66),
              "   thread 0\n"
              "   ... 2 steps left out\n"
              "   3 step()\n"
              "   4 step()\n"
              "   5 s");
}

TEST(Interleaving, NamesOtherFiles) {
    ReportFinding finding = of_contexts({0, 1});
    finding.steps[1].file = "lib/b\n.py";
    EXPECT_EQ(joined(interleaving_lines(finding, 80)),
              "   thread 0  thread 1\n"
              "   1 step()\n"
              " !           lib/b\\n.py:2 step()#\n");
}

TEST(Interleaving, GoesWithoutPlaceAndText) {
    ReportFinding finding = of_contexts({0, 1});
    finding.steps[1] = {.context = 7, .what = "fires", .preempts = true};
    EXPECT_EQ(joined(interleaving_lines(finding, 80)),
              "   thread 0  context 7\n"
              "   1 step()\n"
              ">!           fires#\n");
    finding.steps[1] = {};
    EXPECT_EQ(joined(interleaving_lines(finding, 80)),
              "   thread 0\n"
              " ! 1 step()#\n");
    finding.steps.erase(finding.steps.begin());
    EXPECT_EQ(joined(interleaving_lines(finding, 80)), "");
}

TEST(Interleaving, IsNoWiderThanAsked) {
    ReportFinding finding = lost_update();
    for (record::ReportStep& step : finding.steps) {
        step.source_text += std::string(200, 'x');
        step.what += std::string(200, 'y');
    }
    for (const std::size_t width : {80U, 100U, 133U}) {
        std::size_t widest = 0;
        for (const InterleavingLine& line : interleaving_lines(finding, width)) {
            widest = std::max(widest, width_of(line.text));
        }
        EXPECT_LE(widest, width);
        EXPECT_GE(widest, width - 2);
    }
}

TEST(Interleaving, PutsNamesInFrontWhereThereAreTooManyForColumns) {
    ReportFinding finding = of_contexts({0, 1, 2, 3, 4, 5, 5});
    for (record::ReportStep& step : finding.steps) {
        step.source_text = "a_long_name[a_long_index] = step()";
    }
    finding.contexts[1].name = "thread 1 (a_function_with_a_very_long_name)";
    finding.steps[5].what = "reads it";
    finding.steps[4].preempts = true;
    EXPECT_EQ(joined(interleaving_lines(finding, 80)),
              "   thread 0                  1 a_long_name[a_long_index] = step()\n"
              "   thread 1 (a_function_...  2 a_long_name[a_long_index] = step()\n"
              "   thread 2                  3 a_long_name[a_long_index] = step()\n"
              "   thread 3                  4 a_long_name[a_long_index] = step()\n"
              ">  thread 4                  5 a_long_name[a_long_index] = step()\n"
              "   thread 5                  6 a_long_name[a_long_index] = step()\n"
              "                                 reads it\n"
              " !                           7 a_long_name[a_long_index] = step()#\n");
}

}  // namespace
}  // namespace heddle::report
