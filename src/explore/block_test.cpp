#include "explore/block.hpp"

#include <gtest/gtest.h>

namespace heddle::explore {
namespace {

struct Ran {
    ContextId context;
    bool begins = false;
    bool ends = false;
};

constexpr Ran begins(ContextId context) { return {context, true, false}; }
constexpr Ran ends(ContextId context) { return {context, false, true}; }

Block written(const std::vector<Ran>& steps) {
    BlockWriter writer;
    for (const Ran& step : steps) {
        writer.add(step.context, step.begins, step.ends);
    }
    EXPECT_TRUE(writer.is_closed());
    return writer.block();
}

TEST(Block, IsTheSameForAHandlerInOneStepAndInMany) {
    const Block plain{3, kToEnd};
    EXPECT_EQ(written({{3}}), plain);
    EXPECT_EQ(written({begins(3), {3}, {3}, ends(3)}), plain);
}

TEST(Block, HasTheStepsBeforeAnInterruptAndNoneAfterIt) {
    const Block block{3, 3, 5, kToEnd, kToEnd};
    EXPECT_EQ(written({begins(3), {3}, {5}, {3}, ends(3)}), block);
    EXPECT_EQ(written({begins(3), {3}, begins(5), ends(5), {3}, ends(3)}), block);
}

TEST(Block, HasHandlersWithinHandlers) {
    const Block block{3, 5, 5, 7, kToEnd, kToEnd, kToEnd};
    EXPECT_EQ(written({begins(3), begins(5), {5}, {7}, ends(5), ends(3)}), block);
}

TEST(Block, IsPlainWhereNothingInterrupts) {
    BlockWriter writer;
    writer.add(3, true, false);
    EXPECT_FALSE(writer.is_closed());
    writer.add(3, false, true);
    EXPECT_TRUE(writer.is_plain());
    BlockWriter interrupted;
    interrupted.add(3, true, false);
    interrupted.add(5, false, false);
    interrupted.add(3, false, true);
    EXPECT_FALSE(interrupted.is_plain());
}

// What the reader asks for, where its handlers run as `steps` say.
void expect_read(const Block& block, const std::vector<Ran>& steps) {
    BlockReader reader(block);
    for (const Ran& step : steps) {
        ASSERT_FALSE(reader.is_over());
        EXPECT_EQ(reader.next(), step.context);
        reader.ran(step.begins, step.ends);
    }
    EXPECT_TRUE(reader.is_over());
}

TEST(Block, IsReadAsItWasWritten) {
    expect_read({3, 3, 5, kToEnd, kToEnd}, {begins(3), {3}, {5}, {kToEnd}, ends(kToEnd)});
    expect_read({3, kToEnd, 4, kToEnd}, {begins(3), ends(kToEnd), {4}});
}

TEST(Block, IsReadWhereAHandlerRunsInMoreStepsOrInFewer) {
    expect_read({3, kToEnd}, {{3}});
    expect_read({3, kToEnd}, {begins(3), {kToEnd}, {kToEnd}, ends(kToEnd)});
    expect_read({3, 3, 5, kToEnd, kToEnd}, {begins(3), {3}, begins(5), ends(kToEnd), ends(kToEnd)});
}

}  // namespace
}  // namespace heddle::explore
