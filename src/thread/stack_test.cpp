#include "thread/stack.hpp"

#include <gtest/gtest.h>

namespace heddle::thread {
namespace {

TEST(StackPool, GivesAtLeastWhatWasAskedFor) {
    StackPool pool;
    const Stack stack = pool.acquire(10'000);
    ASSERT_NE(stack.low, nullptr);
    EXPECT_GE(stack.bytes(), 10'000u);
    stack.low[0] = 1;
    stack.high[-1] = 1;
    pool.release(stack);
}

TEST(StackPool, UsesAStackAgain) {
    StackPool pool;
    const Stack first = pool.acquire(10'000);
    const Stack other = pool.acquire(50'000);
    pool.release(first);
    pool.release(other);
    EXPECT_EQ(pool.acquire(50'000).low, other.low);
    EXPECT_EQ(pool.acquire(10'000).low, first.low);
}

TEST(StackPool, SaysWhenThereIsNoRoom) {
    StackPool pool;
    EXPECT_EQ(pool.acquire(SIZE_MAX).low, nullptr);
    EXPECT_EQ(pool.acquire(std::size_t{1} << 62).low, nullptr);
}

TEST(StackPoolDeathTest, FaultsBelowAStack) {
    StackPool pool;
    const Stack stack = pool.acquire(4096);
    EXPECT_DEATH(*static_cast<volatile char*>(stack.low - 1) = 1, "");
}

}  // namespace
}  // namespace heddle::thread
