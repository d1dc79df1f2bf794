#include "thread/carriers.hpp"

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "port/linux/linux_port.hpp"

namespace heddle::thread {
namespace {

using port::Instant;
using port::kForever;

// A carrier's own stack only runs its loop: fibers bring their stacks.
constexpr std::size_t kCarrierStackBytes = std::size_t{128} * 1024;

constexpr std::size_t kSignalStackBytes = std::size_t{64} * 1024;

thread_local Carrier* t_carrier = nullptr;

/// A fiber that has used up its stack has none left for the handler that says so.
void install_signal_stack() noexcept {
    void* memory =
        mmap(nullptr, kSignalStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED) {
        const stack_t stack{memory, 0, kSignalStackBytes};
        sigaltstack(&stack, nullptr);
    }
}

}  // namespace

// Out of line: a fiber changes its operating-system thread, so no caller may keep the address of a
// thread-local.
[[gnu::noinline]] Carrier* this_carrier() noexcept { return t_carrier; }

bool Carriers::try_take(Carrier& carrier) noexcept {
    Carrier* nobody = nullptr;
    return token_.compare_exchange_strong(nobody, &carrier, std::memory_order_seq_cst);
}

void Carriers::release(Instant work_at) noexcept {
    token_.store(nullptr, std::memory_order_seq_cst);
    // Sequentially consistent with take_after_call(): either it sees a free token or we see that it waits.
    if (Carrier* waiting = returning_.load(std::memory_order_seq_cst); waiting != nullptr) {
        wake_up(*waiting);
    } else if (attention_.load(std::memory_order_seq_cst)) {
        work_at = 0;
    }
    if (work_at < keeper_at_.load(std::memory_order_seq_cst)) {
        ensure_keeper(work_at);
    }
}

void Carriers::give(Carrier& carrier) noexcept {
    token_.store(&carrier, std::memory_order_seq_cst);
    wake_up(carrier);
}

void Carriers::give_and_stand_by(Carrier& self, Carrier& carrier) noexcept {
    enter_standby(self, kForever);
    give(carrier);
    take_from_standby(self);
}

bool Carriers::take_after_call(Carrier& carrier) noexcept {
    if (try_take(carrier)) {
        return true;
    }
    Carrier* first = returning_.load(std::memory_order_relaxed);
    do {
        carrier.next_returning = first;
    } while (!returning_.compare_exchange_weak(first, &carrier, std::memory_order_seq_cst));
    attention_.store(true, std::memory_order_seq_cst);
    for (;;) {
        const std::uint32_t seen = carrier.wake.load(std::memory_order_acquire);
        if (token_.load(std::memory_order_seq_cst) == &carrier) {
            return false;
        }
        if (try_take(carrier)) {
            return true;
        }
        port::futex_wait(carrier.wake, seen, kForever);
    }
}

Carrier* Carriers::take_returning() noexcept {
    Carrier* last = returning_.exchange(nullptr, std::memory_order_seq_cst);
    Carrier* first = nullptr;
    while (last != nullptr) {
        Carrier* before = last->next_returning;
        last->next_returning = first;
        first = last;
        last = before;
    }
    return first;
}

void Carriers::release_and_stand_by(Carrier& carrier, Instant work_at) noexcept {
    enter_standby(carrier, work_at);
    release(work_at);
    take_from_standby(carrier);
}

void Carriers::take_from_standby(Carrier& carrier) noexcept {
    for (;;) {
        const std::uint32_t seen = carrier.wake.load(std::memory_order_acquire);
        const Instant look_at = kept_by(carrier);
        if (look_at != kForever && port::monotonic_now() >= look_at) {
            // In this order: a holder that makes us fail sees at its next release that nobody is keeper.
            resign(carrier);
            if (try_take(carrier)) {
                leave_standby(carrier);
                return;
            }
        } else {
            port::futex_wait(carrier.wake, seen, look_at);
        }
    }
}

void Carriers::enter_standby(Carrier& carrier, Instant keep_at) noexcept {
    const std::lock_guard guard(gate_);
    standby_.push_front(carrier);
    if (keep_at < keeper_at_.load(std::memory_order_relaxed)) {
        keeper_ = &carrier;
        keeper_at_.store(keep_at, std::memory_order_seq_cst);
    }
}

void Carriers::enter_standby_first(Carrier& carrier) noexcept {
    Instant keep_at = kForever;
    {
        const std::lock_guard guard(gate_);
        adding_ = false;
        keep_at = std::exchange(first_work_at_, kForever);
    }
    enter_standby(carrier, keep_at);
}

void Carriers::leave_standby(Carrier& carrier) noexcept {
    // At once: in between, a carrier that is about to run could be made keeper.
    const std::lock_guard guard(gate_);
    IntrusiveList<Carrier>::erase(carrier);
    resign_locked(carrier);
}

Instant Carriers::kept_by(Carrier& carrier) noexcept {
    const std::lock_guard guard(gate_);
    return keeper_ == &carrier ? keeper_at_.load(std::memory_order_relaxed) : kForever;
}

void Carriers::resign(Carrier& carrier) noexcept {
    const std::lock_guard guard(gate_);
    resign_locked(carrier);
}

void Carriers::resign_locked(Carrier& carrier) noexcept {
    if (keeper_ == &carrier) {
        keeper_ = nullptr;
        keeper_at_.store(kForever, std::memory_order_seq_cst);
    }
}

void Carriers::ensure_keeper(Instant work_at) noexcept {
    Carrier* keeper = nullptr;
    {
        const std::lock_guard guard(gate_);
        if (work_at >= keeper_at_.load(std::memory_order_relaxed)) {
            return;
        }
        keeper = keeper_ != nullptr ? keeper_ : standby_.front();
        if (keeper != nullptr) {
            keeper_ = keeper;
            keeper_at_.store(work_at, std::memory_order_seq_cst);
        } else {
            first_work_at_ = std::min(first_work_at_, work_at);
            if (std::exchange(adding_, true)) {
                return;
            }
        }
    }
    if (keeper != nullptr) {
        wake_up(*keeper);
    } else {
        // Without room for another carrier, the work waits for this one's call to come back.
        static_cast<void>(add());
    }
}

bool Carriers::add() noexcept {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, kCarrierStackBytes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    const bool made = pthread_create(&thread, &attributes, &Carriers::run, this) == 0;
    pthread_attr_destroy(&attributes);
    if (!made) {
        const std::lock_guard guard(gate_);
        adding_ = false;
    }
    return made;
}

bool Carriers::add_first() noexcept {
    first_work_at_ = 0;
    adding_ = true;
    return add();
}

void* Carriers::run(void* self) noexcept {
    auto& carriers = *static_cast<Carriers*>(self);
    // Sleeps end when they are due, not up to 50 us later.
    prctl(PR_SET_TIMERSLACK, 1);
    auto* carrier = new Carrier;
    carrier->system_id = gettid();
    t_carrier = carrier;
    install_signal_stack();
    carriers.enter_standby_first(*carrier);
    carriers.take_from_standby(*carrier);
    carriers.loop_(*carrier);
    return nullptr;
}

void Carriers::attract_attention() noexcept {
    attention_.store(true, std::memory_order_seq_cst);
    if (token_.load(std::memory_order_seq_cst) == nullptr) {
        ensure_keeper(0);
    }
}

void Carriers::wake_up(Carrier& carrier) noexcept {
    carrier.wake.fetch_add(1, std::memory_order_release);
    port::futex_wake(carrier.wake, 1);
}

}  // namespace heddle::thread
