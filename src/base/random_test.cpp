#include "base/random.hpp"

#include <gtest/gtest.h>

namespace heddle {
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
        const std::int64_t drawn = random.up_to(2);
        ASSERT_GE(drawn, 0);
        ASSERT_LE(drawn, 2);
        ASSERT_GE(random.up_to(INT64_MAX), 0);
    }
    EXPECT_EQ(random.up_to(0), 0);
    bool seen[3] = {};
    for (int i = 0; i < 1'000; ++i) {
        const std::uint64_t drawn = random.below(3);
        ASSERT_LT(drawn, 3u);
        seen[drawn] = true;
    }
    EXPECT_TRUE(seen[0] && seen[1] && seen[2]);
    EXPECT_EQ(random.below(1), 0u);
}

}  // namespace
}  // namespace heddle
