// The module `mutex`. docs/reference/mutex.md is its contract.
#include "mpy/mutex_module.h"

#include "mpy/holder.hpp"
#include "mpy/micropython.hpp"
#include "mpy/object.hpp"
#include "mpy/wait.hpp"

using heddle::mpy::object_of;

namespace {

struct MutexObject {
    mp_obj_base_t base;
    heddle::mpy::RawLock lock;
    [[no_unique_address]] heddle::mpy::Holder holder;
};

MutexObject& mutex_of(mp_obj_t self) { return object_of<MutexObject>(self); }

/// Called as the last act of release(), which then needs no frame: the compiler may not know that it never
/// returns.
#if defined(__clang__)
[[gnu::noinline, clang::optnone]]
#else
[[gnu::noipa]]
#endif
mp_obj_t
raise_unlocked() {
    mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("release of an unlocked mutex"));
}

}  // namespace

const heddle::mpy::Holder& heddle::mpy::holder_of_mutex(mp_obj_t mutex) noexcept {
    return mutex_of(mutex).holder;
}

extern "C" {

mp_obj_t heddle_mutex_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw, const mp_obj_t*) {
    mp_arg_check_num(n_args, n_kw, 0, 0, false);
    return MP_OBJ_FROM_PTR(heddle::mpy::new_object<MutexObject>(type));
}

#if HEDDLE_MUTEX_SHOWS_STATE
void heddle_mutex_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    mp_printf(print, "<%s Mutex at 0x%p>", mutex_of(self).lock.is_locked() ? "locked" : "unlocked",
              MP_OBJ_TO_PTR(self));
}
#endif

bool heddle_mutex_is_taken(mp_obj_t mutex) { return mutex_of(mutex).lock.is_locked(); }

mp_obj_t heddle_mutex_test(mp_obj_t self) {
    MutexObject& mutex = mutex_of(self);
    if (!mutex.lock.try_lock()) {
        heddle::Platform::note_deferred();
        return mp_const_false;
    }
    mutex.holder.note();
    return mp_const_true;
}

mp_obj_t heddle_mutex_release(mp_obj_t self) {
    MutexObject& mutex = mutex_of(self);
    // Before the lock is free, and somebody else's.
    mutex.holder.forget();
    return mutex.lock.try_unlock() ? mp_const_none : raise_unlocked();
}

mp_obj_t heddle_mutex_enter(mp_obj_t self) {
    MutexObject& mutex = mutex_of(self);
    while (!mutex.lock.try_lock()) {
        if (heddle::Platform::in_interrupt() || mutex.holder.is_interrupted()) {
            mutex.holder.raise_endless_wait();
        }
        const bool taken = heddle::mpy::wait_for(mutex.lock, heddle::port::kForever);
        // Threads queue, and come back with the lock only.
        if (taken || MICROPY_PY_THREAD) {
            break;
        }
    }
    mutex.holder.note();
    return self;
}

mp_obj_t heddle_mutex_exit(size_t, const mp_obj_t* args) { return heddle_mutex_release(args[0]); }

}  // extern "C"
