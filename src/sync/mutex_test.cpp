// The clauses of `mutex` that need an interrupt handler, on a port that says it is one.
#include "sync/mutex.hpp"

#include <gtest/gtest.h>

#include "port/linux/linux_port.hpp"

namespace heddle::sync {
namespace {

/// The calling thread is an interrupt handler while `inside` is true; a wait in it would fail the test.
struct HandlerPort : port::LinuxPort {
    static inline bool inside = false;

    static bool in_interrupt() noexcept { return inside; }
    static port::Wake park(Parker& parker, port::Instant deadline) noexcept {
        EXPECT_FALSE(inside) << "a wait in an interrupt handler";
        return port::LinuxPort::park(parker, deadline);
    }
};

static_assert(port::Port<HandlerPort>);

class Handler {
  public:
    Handler() { HandlerPort::inside = true; }
    ~Handler() { HandlerPort::inside = false; }
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;
};

// M5
TEST(MutexInHandler, TriesAndLetsGoWithoutAWait) {
    Mutex<HandlerPort> mutex;
    const Handler handler;
    EXPECT_TRUE(mutex.try_lock());
    EXPECT_FALSE(mutex.try_lock());
    EXPECT_TRUE(mutex.try_unlock());
    EXPECT_FALSE(mutex.try_unlock());
    mutex.lock();
    mutex.unlock();
}

// M6
TEST(MutexInHandlerDeathTest, RefusesAWaitThatCouldNeverEnd) {
    Mutex<HandlerPort> mutex;
    mutex.lock();
    const Handler handler;
    EXPECT_DEATH(mutex.lock(), "in an interrupt handler would wait for ever");
}

}  // namespace
}  // namespace heddle::sync
