// A search's view of the scheduler: in a process of its own, since control is taken once.
#include "thread/control.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <string>
#include <vector>

#include "port/fiber/fiber_port.hpp"
#include "sync/lock.hpp"
#include "thread/scheduler.hpp"
#include "thread/state.hpp"

namespace heddle::thread {
namespace {

constexpr std::size_t kStackBytes = std::size_t{512} * 1024;
constexpr std::size_t kAsked = std::size_t{64} * 1024;

// What the fibers do, in one place that a snapshot can cover.
struct World {
    std::string* trace;
    int counter;
    sync::Lock<port::FiberPort> lock;
};

World world;

void note(char what) { *world.trace += what; }

void increment(void* name) {
    const int value = world.counter;
    pause_here();
    world.counter = value + 1;
    note(*static_cast<char*>(name));
}

void with_lock(void* name) {
    world.lock.lock();
    note(*static_cast<char*>(name));
    pause_here();
    world.lock.unlock();
}

void sleep_one(void*) { note(sleep_until(now() + 1000) == port::Wake::timed_out ? 't' : 'w'); }

void main_fiber(void*) { pause_here(); }

char kA[] = "a";
char kB[] = "b";

struct Saved {
    std::vector<char> scheduler;
    std::vector<std::pair<char*, std::vector<char>>> stacks;
    int counter;
};

std::vector<char> copy_of(Bytes bytes) { return {bytes.begin, bytes.begin + bytes.size}; }

Saved save() {
    Saved saved{copy_of(scheduler_bytes()), {}, world.counter};
    for_each_fiber([&saved](Fiber& fiber) {
        const Bytes bytes = stack_in_use(fiber);
        saved.stacks.emplace_back(bytes.begin, copy_of(bytes));
    });
    return saved;
}

void go_back(const Saved& saved) {
    std::copy(saved.scheduler.begin(), saved.scheduler.end(), scheduler_bytes().begin);
    for (const auto& [begin, bytes] : saved.stacks) {
        std::copy(bytes.begin(), bytes.end(), begin);
    }
    world.counter = saved.counter;
}

std::string check_all() {
    std::string trace;
    world.trace = &trace;
    void* arena = mmap(nullptr, 4 * kStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    take_control({static_cast<char*>(arena), 4 * kStackBytes, kStackBytes});
    if (!start_controlled(main_fiber, nullptr, kAsked)) {
        return "no main fiber";
    }
    Fiber& main = *find_fiber(1);
    if (resume(main) != Stop::paused) {
        return "main did not pause";
    }

    // One by one, then torn, from one snapshot.
    Fiber* a = create(increment, kA, kAsked);
    Fiber* b = create(increment, kB, kAsked);
    start(*a);
    start(*b);
    const Saved start_state = save();
    for (Fiber* fiber : {a, a, b, b}) {
        resume(*fiber);
    }
    trace += std::to_string(world.counter);
    go_back(start_state);
    for (Fiber* fiber : {a, b, a, b}) {
        resume(*fiber);
    }
    trace += std::to_string(world.counter);
    if (find_fiber(a->id) != nullptr || live_threads() != 1) {
        return "ended fibers live on";
    }

    // A lock that is held parks; its release makes the waiter ready.
    Fiber* c = create(with_lock, kA, kAsked);
    Fiber* d = create(with_lock, kB, kAsked);
    start(*c);
    start(*d);
    if (resume(*c) != Stop::paused || resume(*d) != Stop::parked) {
        return "a held lock does not park";
    }
    if (resume(*c) != Stop::ended || d->state != FiberState::ready || resume(*d) != Stop::paused ||
        resume(*d) != Stop::ended) {
        return "a released lock does not wake";
    }

    // The clock stands still until the search moves it.
    set_clock(5000);
    Fiber* e = create(sleep_one, nullptr, kAsked);
    start(*e);
    if (resume(*e) != Stop::parked || e->deadline != 6000) {
        return "a sleep does not park until its deadline";
    }
    set_clock(6000);
    end_wait(*e, port::Wake::timed_out);
    if (resume(*e) != Stop::ended) {
        return "a sleep does not end";
    }

    // No more stacks than the arena has.
    Fiber* more[3];
    for (Fiber*& fiber : more) {
        fiber = create(increment, kA, kAsked);
    }
    if (more[2] == nullptr || create(increment, kA, kAsked) != nullptr ||
        create(increment, kA, kStackBytes) != nullptr) {
        return "the arena's limit does not hold";
    }
    return trace;
}

TEST(Control, AThreadGetsTheLowestFreeStack) {
    FreeStacks stacks;
    stacks.fill(200);
    for (std::size_t i = 0; i < 200; ++i) {
        EXPECT_EQ(stacks.take(), i);
    }
    EXPECT_EQ(stacks.take(), kMostControlledStacks);
    stacks.add(130);
    stacks.add(3);
    EXPECT_EQ(stacks.take(), 3u);
    EXPECT_EQ(stacks.take(), 130u);
    EXPECT_EQ(stacks.take(), kMostControlledStacks);
}

TEST(Control, ASearchSaysWhoRunsAndGoesBack) {
    // Control copies stacks back over themselves; a sanitizer is told nothing of that and would report what
    // is right.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer knows of each stack what a copy back does not tell it";
#endif
    // Not in this process: other tests run the scheduler here.
    EXPECT_EXIT(
        {
            const std::string told = check_all();
            std::fprintf(stderr, "%s\n", told.c_str());
            std::exit(told == "ab2ab1abt" ? 0 : 1);
        },
        testing::ExitedWithCode(0), "ab2ab1abt");
}

}  // namespace
}  // namespace heddle::thread
