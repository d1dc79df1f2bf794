// Words that contexts share, for cores with and without exchange instructions.
#pragma once

#include <cstdint>
#include <type_traits>

namespace heddle::port::generic {

/// Which cores run contexts that share a word. On one core no barrier is needed, but the compiler keeps
/// order.
enum class Cores : std::uint8_t { one, several };

/// Has the core instructions that exchange a word?
inline constexpr bool kExchanges = __atomic_always_lock_free(sizeof(std::uintptr_t), nullptr);

/// Each operation is fewer instructions than a call, whatever a compiler thinks that saves space.
template <Cores cores>
class AtomicWord {
    static constexpr int kAcquire = cores == Cores::one ? __ATOMIC_RELAXED : __ATOMIC_ACQUIRE;
    static constexpr int kRelease = cores == Cores::one ? __ATOMIC_RELAXED : __ATOMIC_RELEASE;

  public:
    constexpr explicit AtomicWord(std::uintptr_t value = 0) noexcept : value_(value) {}

    [[nodiscard, gnu::always_inline]] std::uintptr_t load_acquire() const noexcept {
        const std::uintptr_t value = __atomic_load_n(&value_, kAcquire);
        __atomic_signal_fence(__ATOMIC_ACQUIRE);
        return value;
    }
    [[gnu::always_inline]] void store_release(std::uintptr_t value) noexcept {
        __atomic_signal_fence(__ATOMIC_RELEASE);
        if constexpr (cores == Cores::one) {
            const_cast<volatile std::uintptr_t&>(value_) =
                value;  // of the builtin, some compilers make an exchange
        } else {
            __atomic_store_n(&value_, value, kRelease);
        }
    }
    [[gnu::always_inline]] bool exchange_if_acquire(std::uintptr_t& expected, std::uintptr_t value) noexcept {
        return exchange_if<kAcquire>(expected, value);
    }
    [[gnu::always_inline]] bool exchange_if_release(std::uintptr_t& expected, std::uintptr_t value) noexcept {
        return exchange_if<kRelease>(expected, value);
    }

    /// Beyond what a port asks for: writes `value`, and returns what was there.
    [[gnu::always_inline]] std::uintptr_t exchange_acquire(std::uintptr_t value) noexcept {
        const std::uintptr_t found = __atomic_exchange_n(&value_, value, kAcquire);
        __atomic_signal_fence(__ATOMIC_ACQUIRE);
        return found;
    }

  private:
    template <int order>
    [[gnu::always_inline]] bool exchange_if(std::uintptr_t& expected, std::uintptr_t value) noexcept {
        __atomic_signal_fence(__ATOMIC_SEQ_CST);
        const bool done = __atomic_compare_exchange_n(&value_, &expected, value, false, order, kAcquire);
        __atomic_signal_fence(__ATOMIC_SEQ_CST);
        return done;
    }

    std::uintptr_t value_;
};

/// Without such instructions (Cortex-M0, some RISC-V): a load and a store while `Critical` keeps every other
/// context out that may write the word.
template <class Critical, Cores cores>
class MaskedWord {
  public:
    constexpr explicit MaskedWord(std::uintptr_t value = 0) noexcept : value_(value) {}

    [[nodiscard]] std::uintptr_t load_acquire() const noexcept {
        const std::uintptr_t value = value_;
        fence();
        return value;
    }
    void store_release(std::uintptr_t value) noexcept {
        fence();
        value_ = value;
    }
    bool exchange_if_acquire(std::uintptr_t& expected, std::uintptr_t value) noexcept {
        Critical critical;
        fence();
        const std::uintptr_t found = value_;
        const bool done = found == expected;
        if (done) {
            value_ = value;
        }
        fence();
        expected = found;
        return done;
    }
    bool exchange_if_release(std::uintptr_t& expected, std::uintptr_t value) noexcept {
        return exchange_if_acquire(expected, value);
    }

    /// Beyond what a port asks for: writes `value`, and returns what was there.
    std::uintptr_t exchange_acquire(std::uintptr_t value) noexcept {
        Critical critical;
        const std::uintptr_t found = value_;
        value_ = value;
        fence();
        return found;
    }

  private:
    [[gnu::always_inline]] static void fence() noexcept {
        if constexpr (cores == Cores::one) {
            __atomic_signal_fence(__ATOMIC_SEQ_CST);
        } else {
            __atomic_thread_fence(__ATOMIC_SEQ_CST);
        }
    }

    volatile std::uintptr_t value_;
};

/// The one of the two that this core can have.
template <class Critical, Cores cores>
using Word = std::conditional_t<kExchanges, AtomicWord<cores>, MaskedWord<Critical, cores>>;

}  // namespace heddle::port::generic
