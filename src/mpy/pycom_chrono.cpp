// `machine.Timer.Chrono` and `machine.Timer.sleep_us` of Pycom's boards.
#include "mpy/devices.hpp"
#include "mpy/micropython.hpp"
#include "mpy/object.hpp"
#include "mpy/pycom_timer.h"

namespace {

namespace devices = heddle::devices;
using heddle::mpy::object_of;

constexpr mp_int_t kShortSleepUs = 1000;

struct ChronoObject {
    mp_obj_base_t base;
    bool runs = false;
    devices::Time started_at = 0;  // if it runs
    devices::Time before = 0;      // of earlier runs
};

ChronoObject& chrono_of(mp_obj_t self) { return object_of<ChronoObject>(self); }

devices::Time elapsed(const ChronoObject& chrono) {
    return chrono.before + (chrono.runs ? devices::now_ns() - chrono.started_at : 0);
}

mp_obj_t elapsed_in(mp_obj_t self, mp_float_t unit_ns) {
    return mp_obj_new_float(static_cast<mp_float_t>(elapsed(chrono_of(self))) / unit_ns);
}

}  // namespace

extern "C" {

mp_obj_t heddle_chrono_make_new(const mp_obj_type_t* type, size_t, size_t, const mp_obj_t*) {
    return MP_OBJ_FROM_PTR(heddle::mpy::new_object<ChronoObject>(type));
}

mp_obj_t heddle_chrono_start(mp_obj_t self) {
    if (ChronoObject& chrono = chrono_of(self); !chrono.runs) {
        chrono.runs = true;
        chrono.started_at = devices::now_ns();
    }
    return mp_const_none;
}

mp_obj_t heddle_chrono_stop(mp_obj_t self) {
    ChronoObject& chrono = chrono_of(self);
    chrono.before = elapsed(chrono);
    chrono.runs = false;
    return mp_const_none;
}

mp_obj_t heddle_chrono_reset(mp_obj_t self) {
    ChronoObject& chrono = chrono_of(self);
    chrono.before = 0;
    chrono.started_at = devices::now_ns();
    return mp_const_none;
}

mp_obj_t heddle_chrono_read(mp_obj_t self) { return elapsed_in(self, 1e9); }

mp_obj_t heddle_chrono_read_ms(mp_obj_t self) { return elapsed_in(self, 1e6); }

mp_obj_t heddle_chrono_read_us(mp_obj_t self) { return elapsed_in(self, 1e3); }

mp_obj_t heddle_pycom_sleep_us(mp_obj_t us_object) {
    const mp_int_t us = mp_obj_get_int(us_object);
    if (us < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("sleep length must be non-negative"));
    }
    if (us >= kShortSleepUs) {
        mp_hal_delay_us(static_cast<mp_uint_t>(us));
        return mp_const_none;
    }
    // No other thread runs meanwhile, as on the board.
    const devices::Time end = devices::now_ns() + us * 1000;
    while (devices::now_ns() < end) {
    }
    return mp_const_none;
}

}  // extern "C"
