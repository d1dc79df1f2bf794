// One source for every port: real threads here, fibers in thread/scheduler_test.cpp.
#include "sync/lock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "port/linux/linux_port.hpp"
#include "sync/mutex.hpp"
#include "sync/standard_system_test.hpp"

namespace heddle::sync {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using TestLock = Lock<port::LinuxPort>;
using TestMutex = Mutex<port::LinuxPort>;

static_assert(sizeof(TestLock) == sizeof(void*));
static_assert(sizeof(TestMutex) == sizeof(void*));

template <class L>
class AnyLock : public testing::Test {};
using LockTypes = testing::Types<TestLock, TestMutex, Lock<BlockingPort>, Lock<WatchingPort>>;
TYPED_TEST_SUITE(AnyLock, LockTypes);

TYPED_TEST(AnyLock, IsTakenOnce) {
    TypeParam lock;
    EXPECT_FALSE(lock.is_locked());
    EXPECT_TRUE(lock.try_lock());
    EXPECT_TRUE(lock.is_locked());
    EXPECT_FALSE(lock.try_lock());
    lock.unlock();
    EXPECT_FALSE(lock.is_locked());
}

TYPED_TEST(AnyLock, WorksWithScopedLock) {
    TypeParam a, b;
    {
        const std::scoped_lock both(a, b);
        EXPECT_TRUE(a.is_locked());
        EXPECT_TRUE(b.is_locked());
    }
    EXPECT_FALSE(a.is_locked());
    EXPECT_FALSE(b.is_locked());
}

TYPED_TEST(AnyLock, ExcludesThreadsFromEachOther) {
    constexpr int kThreads = 4, kRounds = 20'000;
    TypeParam lock;
    int counter = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < kRounds; ++round) {
                const std::scoped_lock held(lock);
                ++counter;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(counter, kThreads * kRounds);
    EXPECT_FALSE(lock.is_locked());
}

TEST(Mutex, RefusesToReleaseWhatNobodyHolds) {
    TestMutex mutex;
    EXPECT_FALSE(mutex.try_unlock());
    EXPECT_FALSE(mutex.is_locked());
    mutex.lock();
    EXPECT_TRUE(mutex.try_unlock());
    EXPECT_FALSE(mutex.try_unlock());
}

TEST(LockDeathTest, StopsAtAnUnlockTooMany) {
    TestLock lock;
    EXPECT_DEATH(lock.unlock(), "unlock of a Lock that is not locked");
}

TEST(Lock, TimesOutNeverEarly) {
    TestLock lock;
    lock.lock();
    std::thread([&] {
        const auto start = Clock::now();
        EXPECT_FALSE(lock.try_lock_for(20ms));
        EXPECT_GE(Clock::now() - start, 20ms);
    }).join();
    lock.unlock();
    EXPECT_TRUE(lock.try_lock());
}

TEST(Lock, TriesOnceForATimeoutOfZeroOrLess) {
    TestLock lock;
    EXPECT_TRUE(lock.try_lock_for(0s));
    EXPECT_FALSE(lock.try_lock_for(0s));
    EXPECT_FALSE(lock.try_lock_for(-1s));
    EXPECT_FALSE(lock.try_lock_until(Clock::now() - 1s));
}

TEST(Lock, WaitsForAsLongAsADurationCanSay) {
    TestLock lock;
    lock.lock();
    std::thread waiter([&] {
        EXPECT_TRUE(lock.try_lock_for(std::chrono::hours::max()));
        lock.unlock();
    });
    std::this_thread::sleep_for(5ms);
    lock.unlock();
    waiter.join();
    EXPECT_FALSE(lock.is_locked());
}

/// Waiters queue up one after the other; then the lock goes round.
TEST(Lock, IsHandedOverInTheOrderOfTheQueue) {
    constexpr int kWaiters = 5;
    TestLock lock;
    lock.lock();
    std::vector<int> order;
    std::vector<std::thread> threads;
    for (int i = 0; i < kWaiters; ++i) {
        threads.emplace_back([&, i] {
            const std::scoped_lock held(lock);
            order.push_back(i);
        });
        std::this_thread::sleep_for(20ms);
    }
    lock.unlock();
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
}

/// A release and a timeout meet again and again: the lock is neither lost nor held twice.
TEST(Lock, SurvivesTimeoutsThatMeetReleases) {
    constexpr int kThreads = 4, kRounds = 2'000;
    TestLock lock;
    std::atomic<int> inside{0}, taken{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < kRounds; ++round) {
                if (lock.try_lock_for(std::chrono::microseconds((round * 7 + i * 13) % 60))) {
                    EXPECT_EQ(inside.fetch_add(1), 0);
                    ++taken;
                    if (round % 3 == 0) {
                        std::this_thread::yield();
                    }
                    inside.fetch_sub(1);
                    lock.unlock();
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_GT(taken.load(), 0);
    EXPECT_TRUE(lock.try_lock());
}

/// Nobody starves: while others take and release all the time, each waiter gets its turns.
TEST(Lock, GivesEveryWaiterItsTurn) {
    TestLock lock;
    std::atomic<bool> stop{false};
    std::vector<std::thread> greedy;
    for (int i = 0; i < 2; ++i) {
        greedy.emplace_back([&] {
            while (!stop) {
                const std::scoped_lock held(lock);
            }
        });
    }
    for (int turn = 0; turn < 200; ++turn) {
        EXPECT_TRUE(lock.try_lock_for(10s));
        lock.unlock();
    }
    stop = true;
    for (std::thread& thread : greedy) {
        thread.join();
    }
}

}  // namespace
}  // namespace heddle::sync
