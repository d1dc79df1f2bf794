// The locks of the module `_thread`.
#include "mpy/holder.hpp"
#include "mpy/micropython.hpp"
#include "mpy/object.hpp"
#include "mpy/thread_module.h"
#include "mpy/wait.hpp"

#if MICROPY_PY_THREAD

using heddle::mpy::object_of;

namespace {

namespace port = heddle::port;

struct LockObject {
    mp_obj_base_t base;
    heddle::mpy::RawLock lock;
    [[no_unique_address]] heddle::mpy::Holder holder;
};

heddle::mpy::RawLock& lock_of(mp_obj_t self) { return object_of<LockObject>(self).lock; }

mp_obj_t try_to_take(mp_obj_t self) {
    auto& object = object_of<LockObject>(self);
    if (!object.lock.try_lock()) {
        return mp_const_false;
    }
    object.holder.note();
    return mp_const_true;
}

/// Another thread may release a lock, so a callback may wait for what its own thread holds; not without one.
bool can_never_end(const LockObject& object, port::Instant deadline) {
    return heddle::Platform::in_interrupt() ||
           (deadline == port::kForever && object.holder.is_interrupted_alone());
}

mp_obj_t take(mp_obj_t self, port::Instant deadline) {
    auto& object = object_of<LockObject>(self);
    if (!object.lock.try_lock()) {
        if (can_never_end(object, deadline)) {
            object.holder.raise_endless_wait();
        }
        if (!heddle::mpy::wait_for(object.lock, deadline)) {
            return mp_const_false;
        }
    }
    object.holder.note();
    return mp_const_true;
}

bool flag_of(mp_obj_t object) {
    if (!mp_obj_is_int(object) && !mp_obj_is_bool(object)) {
        mp_raise_TypeError(MP_ERROR_TEXT("waitflag must be an int"));
    }
    return mp_obj_is_true(object);
}

/// Rounded up: never early. Not in double precision, for which most boards have no instructions.
std::int64_t nanoseconds_in(mp_float_t seconds) {
    const auto whole = static_cast<std::int32_t>(seconds);
    const mp_float_t rest = seconds - static_cast<mp_float_t>(whole);
    const std::int64_t nanoseconds = std::int64_t{whole} * 1'000'000'000;
    return rest > 0 ? nanoseconds + static_cast<std::int32_t>(rest * 1'000'000'000) + 1 : nanoseconds;
}

/// How long to wait, in nanoseconds; kForever for a negative timeout.
std::int64_t nanoseconds_of(mp_obj_t timeout) {
    const mp_float_t seconds = mp_obj_get_float(timeout);
    if (seconds != seconds) {
        mp_raise_ValueError(MP_ERROR_TEXT("timeout must be a number of seconds"));
    }
    if (seconds < 0) {
        return port::kForever;
    }
    if (seconds > HEDDLE_TIMEOUT_MAX_S) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("timeout value is too large"));
    }
    return nanoseconds_in(seconds);
}

mp_obj_t acquire_with(mp_obj_t self, bool wait, mp_obj_t timeout) {
    const std::int64_t nanoseconds = nanoseconds_of(timeout);
    if (!wait) {
        if (!mp_obj_equal(timeout, MP_OBJ_NEW_SMALL_INT(-1))) {
            mp_raise_ValueError(MP_ERROR_TEXT("can't specify a timeout for a non-blocking call"));
        }
        return try_to_take(self);
    }
    if (nanoseconds == 0) {
        return try_to_take(self);
    }
    return take(self, port::deadline_after(heddle::Platform::now(), nanoseconds));
}

}  // namespace

const heddle::mpy::Holder& heddle::mpy::holder_of_lock(mp_obj_t lock) noexcept {
    return object_of<LockObject>(lock).holder;
}

extern "C" {

mp_obj_t heddle_thread_allocate_lock(void) {
    return MP_OBJ_FROM_PTR(heddle::mpy::new_object<LockObject>(&heddle_lock_type));
}

void heddle_lock_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    mp_printf(print, "<%s lock at 0x%p>", lock_of(self).is_locked() ? "locked" : "unlocked",
              MP_OBJ_TO_PTR(self));
}

mp_obj_t heddle_lock_acquire(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    if (n_args == 1 && keywords->used == 0) {
        return take(args[0], port::kForever);
    }
    enum { kWaitflag, kTimeout, kBlocking, kCount };
    static const mp_arg_t allowed[kCount] = {
        {MP_QSTR_waitflag, MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
        {MP_QSTR_timeout, MP_ARG_OBJ, {.u_obj = MP_OBJ_NEW_SMALL_INT(-1)}},
        {MP_QSTR_blocking, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
    };
    mp_arg_val_t values[kCount];
    mp_arg_parse_all(n_args - 1, args + 1, keywords, kCount, allowed, values);
    mp_obj_t flag = values[kWaitflag].u_obj;
    if (values[kBlocking].u_obj != MP_OBJ_NULL) {
        if (flag != MP_OBJ_NULL) {
            mp_raise_TypeError(MP_ERROR_TEXT("waitflag and blocking are the same argument"));
        }
        flag = values[kBlocking].u_obj;
    }
    return acquire_with(args[0], flag == MP_OBJ_NULL || flag_of(flag), values[kTimeout].u_obj);
}

mp_obj_t heddle_lock_release(mp_obj_t self) {
    auto& object = object_of<LockObject>(self);
    object.holder.forget();
    if (!object.lock.try_unlock()) {
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("release of an unlocked lock"));
    }
    return mp_const_none;
}

bool heddle_lock_is_taken(mp_obj_t lock) { return lock_of(lock).is_locked(); }

mp_obj_t heddle_lock_locked(mp_obj_t self) { return mp_obj_new_bool(lock_of(self).is_locked()); }

mp_obj_t heddle_lock_enter(mp_obj_t self) { return take(self, port::kForever); }

mp_obj_t heddle_lock_exit(size_t, const mp_obj_t* args) { return heddle_lock_release(args[0]); }

}  // extern "C"

#endif  // MICROPY_PY_THREAD
