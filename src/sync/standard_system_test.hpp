// GenericPort over the C++ library, for tests.
#pragma once

#include <chrono>
#include <mutex>
#include <semaphore>
#include <thread>

#include "port/generic/generic_port.hpp"

namespace heddle::sync {

/// `kBlocks`: its threads sleep until they are woken; else they look at the clock in between.
template <bool kBlocks>
struct StandardSystem {
    struct Critical {
        Critical() noexcept {}
    };

    class Gate {
      public:
        void pass() noexcept { semaphore_.acquire(); }
        void open() noexcept { semaphore_.release(); }

      private:
        std::binary_semaphore semaphore_{0};
    };

    static constexpr port::Instant kClockStep = 1;

    static bool may_block() noexcept { return kBlocks; }
    static bool has_event() noexcept { return false; }
    static void rest() noexcept { std::this_thread::sleep_for(std::chrono::microseconds(100)); }
    static void relax() noexcept { std::this_thread::yield(); }
    static bool in_interrupt() noexcept { return false; }
    static port::Instant now() noexcept {
        return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
    }
};

using BlockingPort = port::GenericPort<StandardSystem<true>>;
using WatchingPort = port::GenericPort<StandardSystem<false>>;

static_assert(port::Port<BlockingPort>);
static_assert(port::Port<WatchingPort>);

}  // namespace heddle::sync
