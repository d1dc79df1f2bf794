// Who holds a lock, and since which line: what is said where a wait could never end.
#pragma once

#include <cstdint>

#include "heddle_platform.hpp"
#include "mpy/micropython.hpp"

extern "C" {
#include "mpy/running_frame.h"
#include "py/bc.h"
#include "py/objfun.h"
}

// Once the program has handlers or callbacks: from then on it matters where a lock was taken.
extern "C" bool heddle_notes_places;

namespace heddle::mpy {

template <class P>
concept TellsThreads = requires {
    P::thread();
    P::in_callback();
    P::is_only_thread();
};

/// Beside the lock, written by who takes it. All of it is plain stores, as test() in a handler must be. Empty
/// where the platform does not tell threads apart.
template <class P>
class HolderOf {
  public:
    void note() noexcept {}
    void forget() noexcept {}
    [[nodiscard]] bool is_interrupted() const noexcept { return false; }
    [[nodiscard]] bool is_interrupted_alone() const noexcept { return false; }
    [[noreturn]] void raise_endless_wait() const {
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("would wait for ever in an interrupt handler"));
    }
};

template <TellsThreads P>
class HolderOf<P> {
  public:
    /// The running thread takes the lock. Inline, but for what only programs with handlers need.
    [[gnu::always_inline]] void note() noexcept {
        thread_ = P::thread();
#ifdef HEDDLE_RUNNING_FRAME
        if (heddle_notes_places) {
            note_place();
        }
#endif
    }

    void forget() noexcept { thread_ = 0; }

    /// Is this a scheduled callback, and the holder the thread that it has interrupted?
    [[nodiscard]] bool is_interrupted() const noexcept { return P::in_callback() && thread_ == P::thread(); }

    /// And is there no other thread that could release it?
    [[nodiscard]] bool is_interrupted_alone() const noexcept {
        return is_interrupted() && P::is_only_thread();
    }

    /// Raises RuntimeError.
    [[noreturn]] void raise_endless_wait() const;

    /// As thread() of the platform; 0 if nobody's, or not known.
    [[nodiscard]] std::uintptr_t thread() const noexcept { return thread_; }
#ifdef HEDDLE_RUNNING_FRAME
    /// Where it took the lock; null if that is not known.
    [[nodiscard]] const mp_obj_fun_bc_t* function() const noexcept { return function_; }
    [[nodiscard]] const byte* ip() const noexcept { return ip_; }
#endif

  private:
#ifdef HEDDLE_RUNNING_FRAME
    [[gnu::noinline]] void note_place() noexcept {
        const mp_code_state_t* frame = HEDDLE_RUNNING_FRAME();
        function_ = nullptr;
        if (frame != nullptr) {
            function_ = frame->fun_bc;
            ip_ = frame->ip;
        }
    }

    const mp_obj_fun_bc_t* function_ = nullptr;  // null: not known
    const byte* ip_ = nullptr;
#endif

    std::uintptr_t thread_ = 0;  // 0: nobody, or not known
};

using Holder = HolderOf<Platform>;

/// Of a lock of `_thread`, of a mutex. For a search, on a platform that tells threads apart.
[[nodiscard]] const Holder& holder_of_lock(mp_obj_t lock) noexcept;
[[nodiscard]] const Holder& holder_of_mutex(mp_obj_t mutex) noexcept;

}  // namespace heddle::mpy
