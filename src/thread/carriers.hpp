// The run token and the operating-system threads that pass it around.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <mutex>

#include "base/intrusive_list.hpp"
#include "port/port.hpp"
#include "thread/context.hpp"

namespace heddle::thread {

struct Fiber;

/// One operating-system thread. Never destroyed: a signal handler or a late wake may still name it.
struct Carrier : ListNode<Carrier> {
    Context loop;                        // its own stack, while it runs a fiber
    std::atomic<std::uint32_t> wake{0};  // futex: changes when it has a reason to look around
    Fiber* blocked = nullptr;            // the fiber whose blocking call it is in
    Carrier* next_returning = nullptr;
    pid_t system_id = 0;
};

/// Who has the run token, who wants it, and who looks for it when its holder falls asleep in a call.
/// Thread-safe.
///
/// Invariants: only the holder touches the scheduler. When the token is free and there is work, now or at a
/// time, then a carrier in standby looks by then: the keeper.
class Carriers {
  public:
    using Loop = void (*)(Carrier&);

    /// Carriers that need to be made will run `loop`, which takes the token first.
    explicit Carriers(Loop loop) noexcept : loop_(loop) {}

    [[nodiscard]] Carrier* holder() const noexcept { return token_.load(std::memory_order_relaxed); }

    /// Takes the token if it is free.
    [[nodiscard]] bool try_take(Carrier& carrier) noexcept;

    /// The holder lets the token go. `work_at`: when somebody is needed next, if nobody takes it of himself.
    void release(port::Instant work_at) noexcept;

    /// The holder passes the token to a carrier that waits in take_after_call().
    void give(Carrier& carrier) noexcept;

    /// The same, and waits in standby until `self` has taken it again.
    void give_and_stand_by(Carrier& self, Carrier& carrier) noexcept;

    /// Waits for the token after a blocking call. True when it found the token free, false when it was given.
    bool take_after_call(Carrier& carrier) noexcept;

    /// The carriers that came to wait in take_after_call() since the last time, first come first; linked by
    /// next_returning. For the holder.
    [[nodiscard]] Carrier* take_returning() noexcept;

    /// The holder lets the token go and waits in standby until it has taken it again.
    void release_and_stand_by(Carrier& carrier, port::Instant work_at) noexcept;

    /// Makes the first carrier, which takes the token. False when the system has no room for one.
    [[nodiscard]] bool add_first() noexcept;

    /// The holder looks around at its next chance; if there is none, somebody takes the token and does.
    void attract_attention() noexcept;
    [[nodiscard]] bool attention() const noexcept { return attention_.load(std::memory_order_relaxed); }
    /// What asked for attention before is seen by what follows.
    void clear_attention() noexcept { attention_.exchange(false, std::memory_order_seq_cst); }

  private:
    void ensure_keeper(port::Instant work_at) noexcept;
    void enter_standby(Carrier& carrier, port::Instant keep_at) noexcept;
    void enter_standby_first(Carrier& carrier) noexcept;
    void leave_standby(Carrier& carrier) noexcept;
    void take_from_standby(Carrier& carrier) noexcept;
    port::Instant kept_by(Carrier& carrier) noexcept;
    void resign(Carrier& carrier) noexcept;
    void resign_locked(Carrier& carrier) noexcept;
    [[nodiscard]] bool add() noexcept;
    static void wake_up(Carrier& carrier) noexcept;
    static void* run(void* self) noexcept;

    const Loop loop_;
    std::atomic<Carrier*> token_{nullptr};
    std::atomic<Carrier*> returning_{nullptr};
    std::atomic<bool> attention_{false};

    std::mutex gate_;  // guards what follows; reads of keeper_at_ outside of it are hints
    IntrusiveList<Carrier> standby_;
    Carrier* keeper_ = nullptr;
    std::atomic<port::Instant> keeper_at_{port::kForever};
    bool adding_ = false;  // a carrier is being made, for work at:
    port::Instant first_work_at_ = port::kForever;
};

/// The carrier that the calling operating-system thread is; null if it is none.
[[nodiscard]] Carrier* this_carrier() noexcept;

}  // namespace heddle::thread
