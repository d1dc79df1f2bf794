#include "sync/flag_lock.hpp"

#include <gtest/gtest.h>

#include "port/generic/word.hpp"

namespace heddle::sync {
namespace {

using port::generic::AtomicWord;
using port::generic::Cores;
using port::generic::MaskedWord;

struct Mask {
    Mask() noexcept { ++masks; }
    static inline int masks = 0;
};

template <class Word>
class AnyFlagLock : public testing::Test {};
using Words = testing::Types<AtomicWord<Cores::one>, AtomicWord<Cores::several>, MaskedWord<Mask, Cores::one>,
                             MaskedWord<Mask, Cores::several>>;
TYPED_TEST_SUITE(AnyFlagLock, Words);

TYPED_TEST(AnyFlagLock, IsTakenOnce) {
    FlagLock<TypeParam> lock;
    EXPECT_FALSE(lock.is_locked());
    EXPECT_TRUE(lock.try_lock());
    EXPECT_TRUE(lock.is_locked());
    EXPECT_FALSE(lock.try_lock());
    EXPECT_TRUE(lock.is_locked());
    EXPECT_TRUE(lock.try_unlock());
    EXPECT_FALSE(lock.is_locked());
}

TYPED_TEST(AnyFlagLock, IsNotReleasedTwice) {
    FlagLock<TypeParam> lock;
    EXPECT_FALSE(lock.try_unlock());
    ASSERT_TRUE(lock.try_lock());
    EXPECT_TRUE(lock.try_unlock());
    EXPECT_FALSE(lock.try_unlock());
    EXPECT_TRUE(lock.try_lock());
}

TYPED_TEST(AnyFlagLock, WordsExchangeWhatIsExpected) {
    TypeParam word;
    std::uintptr_t expected = 5;
    EXPECT_FALSE(word.exchange_if_acquire(expected, 7));
    EXPECT_EQ(expected, 0u);
    EXPECT_TRUE(word.exchange_if_acquire(expected, 7));
    EXPECT_EQ(word.load_acquire(), 7u);
    expected = 7;
    EXPECT_TRUE(word.exchange_if_release(expected, 9));
    EXPECT_EQ(word.exchange_acquire(11), 9u);
    EXPECT_EQ(word.load_acquire(), 11u);
}

TEST(MaskedWordTest, MasksAroundEachExchange) {
    MaskedWord<Mask, Cores::one> word;
    std::uintptr_t expected = 0;
    const int before = Mask::masks;
    word.exchange_if_acquire(expected, 1);
    word.exchange_acquire(2);
    EXPECT_EQ(Mask::masks, before + 2);
}

}  // namespace
}  // namespace heddle::sync
