#include "thread/kernel/kernel.hpp"

#include <gtest/gtest.h>
#include <ucontext.h>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace heddle::kernel {
namespace {

constexpr Instant kTick = 1'000'000;

/// A core that is simulated: threads are contexts of the host, a switch happens where the last Critical ends,
/// and time passes while the kernel has nothing to do, a tick at a time.
struct HostCore {
    struct Critical {
        Critical() noexcept { ++depth; }
        ~Critical() {
            if (--depth == 0 && requested) {
                meet_request();
            }
        }
    };

    struct Context {
        ucontext_t registers = {};
        std::array<char, std::size_t{64}* 1024> stack = {};
    };

    static void* new_frame(void*, void (*entry)()) noexcept {
        contexts.push_back(std::make_unique<Context>());
        Context& context = *contexts.back();
        getcontext(&context.registers);
        context.registers.uc_stack.ss_sp = context.stack.data();
        context.registers.uc_stack.ss_size = context.stack.size();
        makecontext(&context.registers, entry, 0);
        return &context;
    }
    static void give_way() noexcept {
        const int outer = std::exchange(depth, 0);
        meet_request();
        depth = outer;
    }
    static void request_switch() noexcept { requested = true; }
    static void relax() noexcept {}
    static void wait_for_interrupt() noexcept;
    static bool in_interrupt() noexcept { return false; }
    static bool is_masked() noexcept { return depth != 0; }
    static Instant now() noexcept { return time; }

    static void meet_request() noexcept;

    static inline int depth = 0;
    static inline bool requested = false;
    static inline Instant time = 0;
    static inline std::vector<std::unique_ptr<Context>> contexts;
    static inline Context* running = nullptr;
};

using HostKernel = Kernel<HostCore>;

// Its threads have no other way to it.
std::unique_ptr<HostKernel> kernel;
std::string trace;

void HostCore::meet_request() noexcept {
    requested = false;
    Context* last = running;
    running = static_cast<Context*>(kernel->switch_from(last));
    if (running != last) {
        swapcontext(&last->registers, &running->registers);
    }
}

void HostCore::wait_for_interrupt() noexcept {
    time += kTick;
    kernel->tick();
}

class KernelTest : public ::testing::Test {
  protected:
    void SetUp() override {
        HostCore::time = 0;
        HostCore::requested = false;
        HostCore::contexts.clear();
        HostCore::contexts.push_back(std::make_unique<HostCore::Context>());
        HostCore::running = HostCore::contexts.back().get();
        trace.clear();
        kernel = std::make_unique<HostKernel>();
        kernel->start(nullptr);
    }

    static void add(Thread& thread, void (*entry)()) { kernel->add(thread, nullptr, nullptr, entry); }
    static Wake park(Parker& parker, Instant deadline = kForever) {
        return kernel->park(parker, deadline, nullptr);
    }
    static bool no_event() noexcept { return false; }
    static bool an_event() noexcept { return true; }

    static void sleep(Instant time) {
        Parker parker;
        EXPECT_EQ(park(parker, time), Wake::timed_out);
    }

    Thread threads_[3];
};

TEST_F(KernelTest, TurnsGoRound) {
    for (Thread& thread : threads_) {
        add(thread, [] {
            for (int turn = 0; turn < 3; ++turn) {
                trace += kernel->running().argument == nullptr
                             ? '?'
                             : *static_cast<const char*>(kernel->running().argument);
                kernel->yield();
            }
            kernel->end();
        });
    }
    const char* names = "abc";
    for (int i = 0; i < 3; ++i) {
        threads_[i].argument = const_cast<char*>(&names[i]);
    }
    for (int turn = 0; turn < 4; ++turn) {
        trace += 'm';
        kernel->yield();
    }
    EXPECT_EQ(trace, "mabcmabcmabcm");
}

TEST_F(KernelTest, ATickEndsATurn) {
    add(threads_[0], [] {
        trace += 'a';
        kernel->end();
    });
    kernel->tick();
    EXPECT_EQ(trace, "a");
}

TEST_F(KernelTest, UnparkedBeforehandDoesNotWait) {
    Parker parker;
    kernel->unpark(parker);
    EXPECT_EQ(park(parker), Wake::unparked);
    EXPECT_EQ(kernel->park(parker, 0, an_event), Wake::unparked);
}

TEST_F(KernelTest, ADeadlineInThePastDoesNotWait) {
    HostCore::time = 5;
    Parker parker;
    EXPECT_EQ(park(parker, 5), Wake::timed_out);
    EXPECT_EQ(kernel->park(parker, 4, an_event), Wake::timed_out);
    EXPECT_EQ(HostCore::time, 5);
}

TEST_F(KernelTest, SleepEndsWithTheFirstTickAfterItsDeadline) {
    Parker parker;
    EXPECT_EQ(park(parker, 5 * kTick), Wake::timed_out);
    EXPECT_EQ(HostCore::time, 5 * kTick);
    EXPECT_EQ(park(parker, 5 * kTick + 1), Wake::timed_out);
    EXPECT_EQ(HostCore::time, 6 * kTick);
}

TEST_F(KernelTest, SleepersWakeInTheOrderOfTheirDeadlines) {
    add(threads_[0], [] {
        sleep(3 * kTick);
        trace += '3';
        kernel->end();
    });
    add(threads_[1], [] {
        sleep(1 * kTick);
        trace += '1';
        kernel->end();
    });
    add(threads_[2], [] {
        sleep(2 * kTick);
        trace += '2';
        kernel->end();
    });
    sleep(4 * kTick);
    EXPECT_EQ(trace, "123");
}

Parker* main_waits_here = nullptr;

TEST_F(KernelTest, UnparkEndsAWaitBeforeItsDeadline) {
    Parker parker;
    main_waits_here = &parker;
    add(threads_[0], [] {
        kernel->unpark(*main_waits_here);
        kernel->end();
    });
    EXPECT_EQ(park(parker, 9 * kTick), Wake::unparked);
    EXPECT_EQ(HostCore::time, 0);
    // Its deadline is forgotten.
    sleep(20 * kTick);
    EXPECT_EQ(HostCore::time, 20 * kTick);
}

TEST_F(KernelTest, AnEventThatIsThereDoesNotWait) {
    Parker parker;
    EXPECT_EQ(kernel->park(parker, kForever, an_event), Wake::interrupted);
}

TEST_F(KernelTest, AnEventEndsTheWaitOfMainFirst) {
    add(threads_[0], [] {
        Parker parker;
        EXPECT_EQ(kernel->park(parker, kForever, no_event), Wake::interrupted);
        trace += 'a';
        kernel->end();
    });
    add(threads_[1], [] {
        kernel->note_event();
        kernel->end();
    });
    Parker parker;
    EXPECT_EQ(kernel->park(parker, kForever, no_event), Wake::interrupted);
    EXPECT_EQ(trace, "");
    // Main runs: it is for the other one now.
    kernel->note_event();
    sleep(kTick);
    EXPECT_EQ(trace, "a");
}

TEST_F(KernelTest, WhoTakesNoEventsSleepsOn) {
    add(threads_[0], [] {
        kernel->note_event();
        kernel->end();
    });
    Parker parker;
    EXPECT_EQ(park(parker, 2 * kTick), Wake::timed_out);
    EXPECT_EQ(HostCore::time, 2 * kTick);
}

TEST_F(KernelTest, OthersAreGoneWhereverTheyStand) {
    add(threads_[0], [] {
        Parker parker;
        static_cast<void>(park(parker));
        trace += 'x';
    });
    add(threads_[1], [] {
        sleep(5 * kTick);
        trace += 'x';
    });
    add(threads_[2], [] {
        for (;;) {
            // It works all the time, and is interrupted by ticks.
            HostCore::wait_for_interrupt();
        }
    });
    sleep(2 * kTick);
    kernel->end_others();
    sleep(9 * kTick);
    EXPECT_EQ(trace, "");
    int threads = 0;
    kernel->for_each([&threads](Thread&) { ++threads; });
    EXPECT_EQ(threads, 1);
}

TEST_F(KernelTest, WhoHasEndedStaysInTheListUntilItIsForgotten) {
    add(threads_[0], [] { kernel->end(); });
    kernel->yield();
    int threads = 0;
    kernel->for_each([&threads](Thread&) { ++threads; });
    EXPECT_EQ(threads, 1);
    const auto& in_all = static_cast<ListNode<Thread, AllThreads>&>(threads_[0]);
    EXPECT_TRUE(in_all.is_linked());
    kernel->forget_ended();
    EXPECT_FALSE(in_all.is_linked());
}

TEST_F(KernelTest, TheLocalWordFollowsItsThread) {
    int words[2] = {};
    heddle_thread_local = &words[0];
    threads_[0].local = &words[1];
    threads_[0].argument = &words[1];
    add(threads_[0], [] {
        EXPECT_EQ(heddle_thread_local, kernel->running().argument);
        kernel->end();
    });
    kernel->yield();
    EXPECT_EQ(heddle_thread_local, &words[0]);
    heddle_thread_local = nullptr;
}

TEST_F(KernelTest, AStackThatIsTooLongStops) {
    kernel->running().stack_end = HostCore::running + 1;
    EXPECT_DEATH(static_cast<void>(kernel->switch_from(HostCore::running)), "over the end of its stack");
}

}  // namespace
}  // namespace heddle::kernel
