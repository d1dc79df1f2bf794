#include "board/random.hpp"

#include <gtest/gtest.h>

namespace heddle::board {
namespace {

TEST(Random, IsSplitMix64) {
    Random random(1234567);
    for (const std::uint64_t expected : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                                         4593380528125082431U, 16408922859458223821U}) {
        EXPECT_EQ(random.next(), expected);
    }
}

TEST(Random, StaysInItsBounds) {
    Random random(1);
    for (int i = 0; i < 1'000; ++i) {
        const Time drawn = random.up_to(2);
        ASSERT_GE(drawn, 0);
        ASSERT_LE(drawn, 2);
        ASSERT_GE(random.up_to(kNever), 0);
    }
    EXPECT_EQ(random.up_to(0), 0);
}

}  // namespace
}  // namespace heddle::board
