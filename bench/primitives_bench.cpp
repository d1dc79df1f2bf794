// The C++ locks beside others. bench/run reads what this prints.
#include <absl/synchronization/mutex.h>
#include <benchmark/benchmark.h>
#include <nsync_mu.h>
#include <oneapi/tbb/queuing_mutex.h>
#include <oneapi/tbb/spin_mutex.h>
#include <sched.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <latch>
#include <mutex>
#include <string>
#include <thread>

#include "port/linux/linux_port.hpp"
#include "sync/lock.hpp"
#include "sync/mutex.hpp"

namespace {

using heddle::port::LinuxPort;

// Two of them, since a processor fetches neighbours in pairs.
constexpr std::size_t kCacheLines = 128;

// How long the threads contend. Not a number of locks: that would take a thousand times longer with some
// locks than with others, and be over too soon where a thread starts late.
constexpr std::chrono::milliseconds kContention(50);
constexpr int kLocksBetweenLooks = 64;

/// The least that a lock can do: no lock at all.
class BareExchanges {
  public:
    void lock() noexcept { benchmark::DoNotOptimize(word_.exchange(1, std::memory_order_acquire)); }
    void unlock() noexcept { benchmark::DoNotOptimize(word_.exchange(0, std::memory_order_release)); }

  private:
    std::atomic<std::uintptr_t> word_{0};
};

class AbseilMutex {
  public:
    void lock() noexcept { mutex_.Lock(); }
    void unlock() noexcept { mutex_.Unlock(); }

  private:
    absl::Mutex mutex_;
};

class NsyncMutex {
  public:
    void lock() noexcept { nsync::nsync_mu_lock(&mutex_); }
    void unlock() noexcept { nsync::nsync_mu_unlock(&mutex_); }

  private:
    nsync::nsync_mu mutex_ = NSYNC_MU_INIT;
};

/// A lock, and a number that it guards, on cache lines of their own.
template <class Lock>
struct alignas(kCacheLines) Guarded {
    Lock lock;
    alignas(kCacheLines) std::uint64_t number = 0;
};

/// Keeps the calling thread on a processor of its own: threads that share one hardly contend.
class Pinned {
  public:
    explicit Pinned(int nth) noexcept {
        sched_getaffinity(0, sizeof before_, &before_);
        nth %= CPU_COUNT(&before_);
        int processor = 0;
        while (!CPU_ISSET(processor, &before_) || nth-- > 0) {
            ++processor;
        }
        cpu_set_t only;
        CPU_ZERO(&only);
        CPU_SET(processor, &only);
        sched_setaffinity(0, sizeof only, &only);
    }
    ~Pinned() { sched_setaffinity(0, sizeof before_, &before_); }
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;

  private:
    cpu_set_t before_{};
};

template <class Lock, class Guard>
void uncontended(benchmark::State& state) {
    static Guarded<Lock> guarded;
    for (auto _ : state) {
        const Guard guard(guarded.lock);
        benchmark::ClobberMemory();
    }
}

/// Both threads take and release the lock all the time; the counter is the time that each lock took.
template <class Lock, class Guard>
void contended(benchmark::State& state) {
    static Guarded<Lock> guarded;
    const Pinned pinned(state.thread_index());
    double locks = 0;
    for (auto _ : state) {
        const auto end = std::chrono::steady_clock::now() + kContention;
        do {
            for (int i = 0; i < kLocksBetweenLooks; ++i) {
                const Guard guard(guarded.lock);
                benchmark::DoNotOptimize(++guarded.number);
            }
            locks += kLocksBetweenLooks;
        } while (std::chrono::steady_clock::now() < end);
    }
    using benchmark::Counter;
    state.counters["seconds_each"] = Counter(locks, Counter::kIsRate | Counter::kInvert);
}

template <class Lock, class Guard = std::lock_guard<Lock>>
void add_uncontended(const std::string& name) {
    benchmark::RegisterBenchmark(("uncontended/" + name).c_str(), uncontended<Lock, Guard>);
}

template <class Lock, class Guard = std::lock_guard<Lock>>
void add(const std::string& name) {
    add_uncontended<Lock, Guard>(name);
    benchmark::RegisterBenchmark(("contended/" + name).c_str(), contended<Lock, Guard>)
        ->Threads(2)
        ->Iterations(1)
        ->UseRealTime();
}

}  // namespace

int main(int argc, char** argv) {
    add_uncontended<BareExchanges>("two bare exchanges");
    add<heddle::sync::Mutex<LinuxPort>>("Mutex");
    add<heddle::sync::Lock<LinuxPort>>("Lock");
    add<std::mutex>("std::mutex");
    add<std::timed_mutex>("std::timed_mutex");
    add<AbseilMutex>("absl::Mutex");
    add<NsyncMutex>("nsync_mu");
    add<tbb::spin_mutex>("tbb::spin_mutex");
    add<tbb::queuing_mutex, tbb::queuing_mutex::scoped_lock>("tbb::queuing_mutex");

    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 1;
    }
    // In a program of one thread, std::mutex saves its atomic operations.
    std::latch over(1);
    std::thread bystander([&over] { over.wait(); });
    benchmark::RunSpecifiedBenchmarks();
    over.count_down();
    bystander.join();
}
