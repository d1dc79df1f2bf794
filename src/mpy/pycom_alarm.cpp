// `machine.Timer.Alarm` of Pycom's boards.
#include "mpy/devices.hpp"
#include "mpy/handlers.hpp"
#include "mpy/object.hpp"
#include "mpy/pycom_timer.h"

namespace {

namespace devices = heddle::devices;
using heddle::mpy::Handler;
using heddle::mpy::HandlerKind;
using heddle::mpy::object_of;

constexpr devices::Time kMicrosecond = 1'000;
constexpr devices::Time kMillisecond = 1'000'000;
constexpr mp_float_t kSecond = 1e9;

// Of the board's clock, 40 MHz.
constexpr devices::Time kTick = 25;

constexpr devices::Time kLongest = INT64_MAX / 4;

struct AlarmObject {
    mp_obj_base_t base;
    devices::Time interval_ns = 0;
    bool periodic = false;
    devices::TimerId timer = devices::kNoTimer;  // while it is set
    Handler* handler = nullptr;                  // of the last time that it was
};

AlarmObject& alarm_of(mp_obj_t self) { return object_of<AlarmObject>(self); }

void give(AlarmObject& alarm, mp_obj_t function, mp_obj_t argument) noexcept {
    if (alarm.handler != nullptr) {
        alarm.handler->function = function;
        alarm.handler->argument = argument;
    }
}

void let_go(AlarmObject& alarm) noexcept {
    if (alarm.timer != devices::kNoTimer) {
        heddle::mpy::detach(devices::line_of_timer(alarm.timer));
        devices::release_timer(alarm.timer);
        alarm.timer = devices::kNoTimer;
    }
}

void cancel(AlarmObject& alarm) noexcept {
    let_go(alarm);
    give(alarm, mp_const_none, MP_OBJ_NULL);
}

const HandlerKind kKind = {
    .print_failure =
        [](const Handler&, const mp_print_t* print) {
            mp_printf(print, "Unhandled exception in callback handler");
        },
    .failed = [](Handler& handler) { cancel(alarm_of(handler.device)); },
    // One that is not periodic leaves its place to others at once, though its call is yet to come.
    .fired =
        [](Handler& handler) {
            if (AlarmObject& alarm = alarm_of(handler.device); !alarm.periodic) {
                let_go(alarm);
            }
        },
    // Also when the call has set the alarm anew: as on the board, nothing is called then.
    .called =
        [](Handler& handler) {
            if (AlarmObject& alarm = alarm_of(handler.device); !alarm.periodic) {
                give(alarm, mp_const_none, MP_OBJ_NULL);
            }
        },
};

void claim(AlarmObject& alarm) {
    alarm.timer = devices::claim_timer();
    if (alarm.timer == devices::kNoTimer) {
        mp_raise_msg_varg(&mp_type_MemoryError, MP_ERROR_TEXT("maximum number of %d alarms already reached"),
                          static_cast<int>(devices::facts().most_timers));
    }
}

void set(AlarmObject& alarm, mp_obj_t function, mp_obj_t argument) {
    if (function != mp_const_none && !mp_obj_is_callable(function)) {
        mp_raise_TypeError(MP_ERROR_TEXT("handler must be callable or None"));
    }
    if (argument == mp_const_none) {
        argument = MP_OBJ_FROM_PTR(&alarm);
    }
    let_go(alarm);
    // Calls that wait in the queue become calls of the new function.
    give(alarm, function, argument);
    claim(alarm);
    if (function == mp_const_none) {
        let_go(alarm);
        return;
    }
    alarm.handler = &heddle::mpy::attach(devices::line_of_timer(alarm.timer), kKind,
                                         devices::facts().timers.context, MP_OBJ_FROM_PTR(&alarm));
    give(alarm, function, argument);
    devices::start_timer(alarm.timer, alarm.interval_ns, alarm.periodic);
}

enum { kHandler, kSeconds, kMs, kUs, kArg, kPeriodic };

const mp_arg_t kArguments[] = {
    {MP_QSTR_handler, MP_ARG_REQUIRED | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_s, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_ms, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = 0}},
    {MP_QSTR_us, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = 0}},
    {MP_QSTR_arg, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_periodic, MP_ARG_KW_ONLY | MP_ARG_BOOL, {.u_bool = false}},
};

devices::Time nanoseconds_of(mp_float_t seconds, mp_int_t ms, mp_int_t us) {
    if (!(seconds <= static_cast<mp_float_t>(kLongest) / kSecond) || ms > kLongest / kMillisecond ||
        us > kLongest / kMicrosecond) {
        mp_raise_ValueError(MP_ERROR_TEXT("duration too large"));
    }
    const auto ticks = static_cast<devices::Time>(seconds * kSecond / kTick + mp_float_t(0.5));
    return ticks * kTick + ms * kMillisecond + us * kMicrosecond;
}

devices::Time interval_of(const mp_arg_val_t* values) {
    const mp_float_t seconds =
        values[kSeconds].u_obj == mp_const_none ? 0 : mp_obj_get_float(values[kSeconds].u_obj);
    const mp_int_t ms = values[kMs].u_int;
    const mp_int_t us = values[kUs].u_int;
    if (int{seconds != 0} + int{ms != 0} + int{us != 0} != 1) {
        mp_raise_ValueError(MP_ERROR_TEXT("please provide a single duration"));
    }
    if (seconds < 0 || ms < 0 || us < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("please provide a positive number"));
    }
    const devices::Time interval_ns = nanoseconds_of(seconds, ms, us);
    if (interval_ns == 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("duration too small"));
    }
    return interval_ns;
}

}  // namespace

extern "C" {

mp_obj_t heddle_alarm_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw, const mp_obj_t* args) {
    mp_arg_val_t values[MP_ARRAY_SIZE(kArguments)];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, MP_ARRAY_SIZE(kArguments), kArguments, values);
    const devices::Time interval_ns = interval_of(values);
    auto* alarm = heddle::mpy::new_object<AlarmObject>(type);
    alarm->interval_ns = interval_ns;
    alarm->periodic = values[kPeriodic].u_bool;
    set(*alarm, values[kHandler].u_obj, values[kArg].u_obj);
    return MP_OBJ_FROM_PTR(alarm);
}

mp_obj_t heddle_alarm_callback(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    static const mp_arg_t allowed[] = {
        {MP_QSTR_handler, MP_ARG_REQUIRED | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
        {MP_QSTR_arg, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    };
    mp_arg_val_t values[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args - 1, args + 1, keywords, MP_ARRAY_SIZE(allowed), allowed, values);
    set(alarm_of(args[0]), values[0].u_obj, values[1].u_obj);
    return mp_const_none;
}

mp_obj_t heddle_alarm_cancel(mp_obj_t self) {
    cancel(alarm_of(self));
    return mp_const_none;
}

}  // extern "C"
