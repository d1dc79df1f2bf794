#include "record/clocks.hpp"

#include <gtest/gtest.h>

namespace heddle::record {
namespace {

TEST(Clocks, AddRowsOfZeros) {
    Clocks clocks;
    clocks.add()[1] = 7;
    clocks.keep(0);
    EXPECT_EQ(clocks.add()[1], 0u);
    EXPECT_EQ(clocks.rows(), 1u);
}

TEST(Clocks, JoinToTheLaterOfEachTick) {
    Clocks clocks;
    Tick* a = clocks.add();
    a[0] = 3;
    a[1] = 1;
    clocks.add()[1] = 2;
    clocks.join(clocks.row(0), clocks.row(1));
    EXPECT_EQ(clocks.row(0)[0], 3u);
    EXPECT_EQ(clocks.row(0)[1], 2u);
    EXPECT_EQ(clocks.row(1)[0], 0u);
}

TEST(Clocks, KeepTheirTicksWhenTheyWiden) {
    Clocks clocks;
    clocks.add()[3] = 4;
    clocks.add()[0] = 5;
    clocks.widen(40);
    EXPECT_GE(clocks.width(), 40u);
    EXPECT_EQ(clocks.rows(), 2u);
    EXPECT_EQ(clocks.row(0)[3], 4u);
    EXPECT_EQ(clocks.row(0)[39], 0u);
    EXPECT_EQ(clocks.row(1)[0], 5u);
}

}  // namespace
}  // namespace heddle::record
