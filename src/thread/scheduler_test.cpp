// Each test is a program of its own, in a process of its own: a scheduler runs once.
#include "thread/scheduler.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "port/fiber/fiber_port.hpp"
#include "port/linux/linux_port.hpp"
#include "sync/lock.hpp"

namespace heddle::thread {
namespace {

using namespace std::chrono_literals;
using FiberLock = sync::Lock<port::FiberPort>;

constexpr std::size_t kStackBytes = std::size_t{16} * 1024;

void call(void* function) { (*static_cast<std::function<void()>*>(function))(); }

/// The new fiber's identifier; 0 when none could be made.
ThreadId start_fiber(Entry entry, void* argument, std::size_t stack_bytes) {
    Fiber* fiber = create(entry, argument, stack_bytes);
    return fiber == nullptr ? 0 : start(*fiber);
}

/// Runs `main` as the main fiber.
void run_fiber(std::function<void()> main) { ASSERT_TRUE(run(call, &main, kStackBytes)); }

/// Fibers that the main one starts and waits for.
class Group {
  public:
    void start(std::function<void()> body) {
        ++live_;
        bodies_.push_back(std::make_unique<std::function<void()>>([this, body = std::move(body)] {
            body();
            --live_;
        }));
        ASSERT_NE(start_fiber(call, bodies_.back().get(), kStackBytes), 0u);
    }
    void join() {
        while (live_ > 0) {
            yield();
        }
    }

  private:
    int live_ = 0;
    std::vector<std::unique_ptr<std::function<void()>>> bodies_;
};

port::Instant after(std::chrono::nanoseconds duration) { return port::monotonic_now() + duration.count(); }

TEST(Scheduler, RunsTheMainFiberToItsEnd) {
    ThreadId id = 0;
    run_fiber([&] { id = current_id(); });
    EXPECT_EQ(id, 1u);
}

TEST(Scheduler, AbandonsOtherFibersWhenTheMainOneEnds) {
    run_fiber([] {
        Group group;
        static std::function<void()> endless = [] {
            for (;;) {
                yield();
            }
        };
        ASSERT_NE(start_fiber(call, &endless, kStackBytes), 0u);
        yield();
    });
}

TEST(Scheduler, TakesTurnsInOrder) {
    std::vector<int> order;
    run_fiber([&] {
        Group group;
        for (int i = 0; i < 3; ++i) {
            group.start([&order, i] {
                order.push_back(i);
                yield();
                order.push_back(i + 10);
            });
        }
        group.join();
    });
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 10, 11, 12}));
}

TEST(Scheduler, GivesLiveFibersDifferentNames) {
    run_fiber([] {
        Group group;
        std::vector<ThreadId> ids;
        for (int i = 0; i < 100; ++i) {
            group.start([&] { ids.push_back(current_id()); });
        }
        group.join();
        std::sort(ids.begin(), ids.end());
        EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
        EXPECT_EQ(std::count(ids.begin(), ids.end(), ThreadId{0}), 0);
    });
}

TEST(Scheduler, RefusesToStartPastItsLimit) {
    run_fiber([] {
        set_thread_limit(2);
        static std::function<void()> nothing = [] {};
        EXPECT_NE(start_fiber(call, &nothing, kStackBytes), 0u);
        EXPECT_EQ(start_fiber(call, &nothing, kStackBytes), 0u);
        yield();
        EXPECT_NE(start_fiber(call, &nothing, kStackBytes), 0u);
    });
}

TEST(Scheduler, RefusesAStackThatDoesNotFit) {
    run_fiber([] {
        static std::function<void()> nothing = [] {};
        EXPECT_EQ(start_fiber(call, &nothing, SIZE_MAX - 10), 0u);
        EXPECT_EQ(start_fiber(call, &nothing, std::size_t{1} << 60), 0u);
    });
}

TEST(Scheduler, KeepsAnArgumentOnTheStack) {
    run_fiber([] {
        static int sum = 0;
        struct Pair {
            int a, b;
        };
        Fiber* fiber =
            create([](void* pair) { sum = static_cast<Pair*>(pair)->a + static_cast<Pair*>(pair)->b; },
                   nullptr, kStackBytes, sizeof(Pair));
        ASSERT_NE(fiber, nullptr);
        *static_cast<Pair*>(fiber->argument) = {40, 2};
        start(*fiber);
        yield();
        EXPECT_EQ(sum, 42);
    });
}

TEST(Scheduler, WakesSleepersInTheOrderOfTheirDeadlines) {
    std::vector<int> order;
    run_fiber([&] {
        Group group;
        for (const int ms : {30, 10, 20}) {
            group.start([&order, ms] {
                const port::Instant deadline = after(ms * 1ms);
                EXPECT_EQ(sleep_until(deadline), port::Wake::timed_out);
                EXPECT_GE(port::monotonic_now(), deadline);
                order.push_back(ms);
            });
        }
        group.join();
    });
    EXPECT_EQ(order, (std::vector<int>{10, 20, 30}));
}

TEST(Scheduler, RunsOthersDuringABlockingCall) {
    run_fiber([] {
        Group group;
        int pipe_ends[2];
        ASSERT_EQ(pipe(pipe_ends), 0);
        bool was_read = false;
        group.start([&] {
            char c = 0;
            enter_blocking_call();
            const ssize_t count = read(pipe_ends[0], &c, 1);
            leave_blocking_call();
            EXPECT_EQ(count, 1);
            was_read = true;
        });
        yield();
        EXPECT_FALSE(was_read);
        EXPECT_EQ(write(pipe_ends[1], "x", 1), 1);
        group.join();
        EXPECT_TRUE(was_read);
    });
}

TEST(Scheduler, KeepsManyBlockingCallsApart) {
    constexpr int kFibers = 20, kRounds = 50;
    int done = 0;
    run_fiber([&] {
        Group group;
        for (int i = 0; i < kFibers; ++i) {
            group.start([&done, i] {
                for (int round = 0; round < kRounds; ++round) {
                    const ThreadId id = current_id();
                    enter_blocking_call();
                    usleep(static_cast<useconds_t>((i * 37 + round * 11) % 200));
                    leave_blocking_call();
                    EXPECT_EQ(current_id(), id);
                    ++done;
                    if (round % 5 == 0) {
                        sleep_until(after(50us));
                    }
                }
            });
        }
        group.join();
    });
    EXPECT_EQ(done, kFibers * kRounds);
}

TEST(Scheduler, EndsASliceThatOthersWaitFor) {
    run_fiber([] {
        Group group;
        bool flag = false;
        group.start([&] { flag = true; });
        const port::Instant start_time = port::monotonic_now();
        while (!flag) {
            end_of_slice();
        }
        EXPECT_GE(port::monotonic_now() - start_time, kSliceNs);
        group.join();
    });
}

TEST(Scheduler, InterruptsTheMainFibersSleep) {
    run_fiber([] {
        static std::atomic<bool> handled{false};
        std::thread([] {
            std::this_thread::sleep_for(10ms);
            interrupt_main([] { return handled.load(); });
        }).detach();
        EXPECT_EQ(sleep_until(port::kForever), port::Wake::interrupted);
        handled = true;
    });
}

TEST(Scheduler, InterruptsTheMainFibersSystemCall) {
    run_fiber([] {
        static std::atomic<bool> handled{false};
        int pipe_ends[2];
        ASSERT_EQ(pipe(pipe_ends), 0);
        std::thread([] {
            std::this_thread::sleep_for(10ms);
            interrupt_main([] { return handled.load(); });
        }).detach();
        char c = 0;
        enter_blocking_call();
        const ssize_t count = read(pipe_ends[0], &c, 1);
        const int error = errno;
        leave_blocking_call();
        handled = true;
        EXPECT_EQ(count, -1);
        EXPECT_EQ(error, EINTR);
    });
}

TEST(Scheduler, GivesTheStackThatWasAskedFor) {
    run_fiber([] {
        Group group;
        group.start([] {
            const char* here = static_cast<char*>(__builtin_frame_address(0));
            EXPECT_LT(here, stack_top());
            EXPECT_LT(stack_top() - here, 4096);
            volatile char used[kStackBytes + kStackMarginBytes / 2];
            used[0] = 1;
            EXPECT_EQ(used[0], 1);
        });
        group.join();
    });
}

TEST(Scheduler, CarriesThousandsOfFibers) {
#if defined(__SANITIZE_THREAD__)
    constexpr int kFibers = 2'000;  // it knows no more than 8,000
#else
    constexpr int kFibers = 10'000;
#endif
    int ran = 0;
    run_fiber([&] {
        Group group;
        FiberLock gate;
        gate.lock();
        for (int i = 0; i < kFibers; ++i) {
            group.start([&] {
                gate.lock();
                ++ran;
                gate.unlock();
            });
        }
        yield();
        EXPECT_EQ(live_threads(), kFibers + 1u);
        EXPECT_EQ(ran, 0);
        gate.unlock();
        group.join();
    });
    EXPECT_EQ(ran, kFibers);
}

void* const kTreasure = reinterpret_cast<void*>(0x5eed5eed5eed);
bool treasure_found = false;

// A collector reads whole stacks, the sanitizer's red zones included.
[[gnu::no_sanitize_address]] void look_for_treasure(void** begin, std::size_t words) {
    for (std::size_t i = 0; i < words; ++i) {
        treasure_found = treasure_found || begin[i] == kTreasure;
    }
}

TEST(Scheduler, ShowsTheCollectorWhatSuspendedFibersHold) {
    run_fiber([&] {
        Group group;
        bool go_on = false;
        group.start([&] {
            void* volatile held = kTreasure;
            while (!go_on) {
                yield();
            }
            EXPECT_EQ(held, kTreasure);
        });
        yield();
        visit_suspended_stacks(look_for_treasure);
        go_on = true;
        group.join();
    });
    EXPECT_TRUE(treasure_found);
}

TEST(FiberLock, HandsOverInTheOrderOfTheQueue) {
    std::vector<int> order;
    run_fiber([&] {
        Group group;
        FiberLock lock;
        lock.lock();
        for (int i = 0; i < 5; ++i) {
            group.start([&, i] {
                const std::scoped_lock held(lock);
                order.push_back(i);
            });
        }
        yield();
        lock.unlock();
        EXPECT_FALSE(lock.try_lock());
        group.join();
        EXPECT_TRUE(lock.try_lock());
    });
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(FiberLock, TimesOutNeverEarly) {
    run_fiber([] {
        FiberLock lock;
        lock.lock();
        const auto start_time = std::chrono::steady_clock::now();
        EXPECT_FALSE(lock.try_lock_for(10ms));
        EXPECT_GE(std::chrono::steady_clock::now() - start_time, 10ms);
        lock.unlock();
        EXPECT_TRUE(lock.try_lock_for(10ms));
    });
}

TEST(FiberLock, LeavesTheQueueWhenItTimesOut) {
    run_fiber([] {
        Group group;
        FiberLock lock;
        lock.lock();
        std::vector<int> taken;
        for (int i = 0; i < 6; ++i) {
            group.start([&, i] {
                const bool got = i % 2 == 0 ? lock.try_lock_for(5ms) : lock.try_lock_for(10s);
                EXPECT_EQ(got, i % 2 == 1);
                if (got) {
                    taken.push_back(i);
                    lock.unlock();
                }
            });
        }
        sleep_until(after(20ms));
        lock.unlock();
        group.join();
        EXPECT_EQ(taken, (std::vector<int>{1, 3, 5}));
    });
}

}  // namespace
}  // namespace heddle::thread
