#include "program/pending.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "thread/slice.h"

extern "C" {
#include "mpy/mutex_module.h"
#include "mpy/thread_module.h"
}

namespace heddle::program {
namespace {

bool is_taken(mp_obj_t lock) noexcept {
    return mp_obj_is_type(lock, &heddle_lock_type) ? heddle_lock_is_taken(lock) : heddle_mutex_is_taken(lock);
}

}  // namespace

bool is_acquisition(Mode mode) noexcept {
    return mode == Mode::acquire || mode == Mode::acquire_for || mode == Mode::try_acquire;
}

const Access* lock_access(const Accesses& accesses) noexcept {
    for (const Access& access : accesses) {
        if (is_acquisition(access.mode)) {
            return &access;
        }
    }
    return nullptr;
}

bool is_free(const Access& lock) noexcept { return !is_taken(MP_OBJ_FROM_PTR(lock.object)); }

bool is_about_lock(const Accesses& accesses) noexcept {
    return std::any_of(accesses.begin(), accesses.end(), [](const Access& access) {
        return access.mode >= Mode::acquire && access.mode <= Mode::release;
    });
}

const Access* awaited_lock(const Pending* pending) noexcept {
    const Access* lock = pending == nullptr ? nullptr : lock_access(pending->accesses);
    const bool waits = lock != nullptr && lock->mode != Mode::try_acquire && !is_free(*lock);
    return waits ? lock : nullptr;
}

port::Instant end_of_wait(const Pending& pending, const Access& lock) noexcept {
    if (lock.mode != Mode::acquire_for) {
        return port::kForever;
    }
    const double nanoseconds = std::ceil(static_cast<double>(mp_obj_get_float(lock.key)) * 1e9);
    return nanoseconds >= 9e18 ? port::kForever
                               : port::deadline_after(pending.since, static_cast<std::int64_t>(nanoseconds));
}

void look_again(const Pending& pending) noexcept {
    if (pending.accesses.count != 0) {
        static_cast<void>(
            accesses_of(pending.code, pending.ip, pending.sp, const_cast<Pending&>(pending).accesses));
    }
}

// Which module's names it means is a part of its thread's state.
void look_again(const thread::Fiber& fiber) noexcept {
    void* const running = std::exchange(heddle_thread_local, fiber.local);
    look_again(*pending_of(&fiber));
    heddle_thread_local = running;
}

bool changes_board(std::span<const Access> accesses) noexcept {
    return std::ranges::any_of(accesses, [](const Access& access) {
        return access.kind == PlaceKind::board && access.mode == Mode::write;
    });
}

void add_accesses(std::vector<Access>& to, const Accesses& accesses) {
    for (const Access& access : accesses) {
        const auto same = [&access](const Access& other) {
            return other.place == access.place && other.mode == access.mode &&
                   (other.object == access.object || access.kind != PlaceKind::board);
        };
        if (std::none_of(to.begin(), to.end(), same)) {
            to.push_back(access);
        }
    }
}

}  // namespace heddle::program
