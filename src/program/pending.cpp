#include "program/pending.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "program/turns.hpp"
#include "thread/slice.h"

extern "C" {
#include "mpy/mutex_module.h"
#include "mpy/thread_module.h"
#include "py/bc0.h"
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

void make_tries(Accesses& accesses) noexcept {
    for (std::size_t i = 0; i < accesses.count; ++i) {
        Access& access = accesses.list[i];
        if (is_acquisition(access.mode)) {
            access.mode = is_free(access) ? Mode::try_acquire : Mode::look;
        }
    }
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

namespace {

bool divides(const byte* ip) noexcept {
    switch (*ip - MP_BC_BINARY_OP_MULTI) {
        case MP_BINARY_OP_FLOOR_DIVIDE:
        case MP_BINARY_OP_TRUE_DIVIDE:
        case MP_BINARY_OP_MODULO:
        case MP_BINARY_OP_INPLACE_FLOOR_DIVIDE:
        case MP_BINARY_OP_INPLACE_TRUE_DIVIDE:
        case MP_BINARY_OP_INPLACE_MODULO:
            return true;
        default:
            return false;
    }
}

/// To another place by an exception, or after as many turns as there are items?
bool may_leave(const byte* ip) noexcept {
    return *ip == MP_BC_SETUP_EXCEPT || *ip == MP_BC_SETUP_FINALLY || *ip == MP_BC_SETUP_WITH ||
           *ip == MP_BC_FOR_ITER || divides(ip);
}

// A global is the same place, whatever else holds. Of other places nobody knows how their object was come by.
bool is_chosen(const std::vector<Access>& before, const Access& access) noexcept {
    return access.kind != PlaceKind::global && access.mode != Mode::update &&
           std::ranges::none_of(before, [&](const Access& one) { return one.place == access.place; });
}

}  // namespace

bool follows_from_reads(const std::vector<Access>& before, const byte* ip,
                        const Accesses* accesses) noexcept {
    if (branches(ip) || may_leave(ip)) {
        return true;
    }
    const auto reads = [](const Access& one) { return one.mode == Mode::read || one.mode == Mode::look; };
    return accesses != nullptr && std::ranges::any_of(before, reads) &&
           std::any_of(accesses->begin(), accesses->end(),
                       [&](const Access& access) { return is_chosen(before, access); });
}

}  // namespace heddle::program
