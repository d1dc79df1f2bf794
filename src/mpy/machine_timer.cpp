#include "mpy/machine_timer.h"

#include "mpy/devices.hpp"
#include "mpy/handlers.hpp"
#include "mpy/object.hpp"

// The esp32's, one object a number.
MP_REGISTER_ROOT_POINTER(mp_obj_t heddle_esp32_timers[4]);

namespace {

namespace devices = heddle::devices;
using heddle::mpy::Handler;
using heddle::mpy::HandlerKind;
using heddle::mpy::object_of;

constexpr devices::Time kMicrosecond = 1'000;
constexpr devices::Time kMillisecond = 1'000'000;
constexpr devices::Time kSecond = 1'000'000'000;

// As the boards take a period that is not given.
constexpr mp_int_t kNoPeriod = 0xffffffff;

struct TimerObject {
    mp_obj_base_t base;
    int number = -1;
    devices::TimerId timer = devices::kNoTimer;   // while it runs, or has run
    devices::TimerId before = devices::kNoTimer;  // the last one that it has had
    bool periodic = true;
    devices::Time period_ns = kSecond;
    Handler* handler = nullptr;  // its function is the callback
};

TimerObject& timer_of(mp_obj_t self) { return object_of<TimerObject>(self); }

bool is_esp32() { return devices::facts().flavour == devices::Flavour::esp32; }

void let_go(TimerObject& timer) {
    if (timer.timer != devices::kNoTimer) {
        heddle::mpy::detach(devices::line_of_timer(timer.timer));
        devices::release_timer(timer.timer);
        timer.timer = devices::kNoTimer;
    }
}

const HandlerKind kKind = {
    .print_failure =
        [](const Handler&, const mp_print_t* print) {
            mp_printf(print, "Uncaught exception in IRQ callback handler");
        },
    .failed = [](Handler& handler) { let_go(timer_of(handler.device)); },
    // One that is not periodic leaves its place to others at once, though its call is yet to come.
    .fired =
        [](Handler& handler) {
            if (TimerObject& timer = timer_of(handler.device); !timer.periodic) {
                let_go(timer);
            }
        },
};

enum { kMode, kCallback, kPeriod, kTickHz, kFreq, kHard };

// `hard` comes last: boards without it leave it off.
const mp_arg_t kArguments[] = {
    {MP_QSTR_mode, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = 1}},
    {MP_QSTR_callback, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_obj = MP_OBJ_NULL}},
    {MP_QSTR_period, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = kNoPeriod}},
    {MP_QSTR_tick_hz, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = 1000}},
    {MP_QSTR_freq, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_hard, MP_ARG_KW_ONLY | MP_ARG_BOOL, {.u_bool = false}},
};

devices::Time period_of_frequency(mp_obj_t frequency) {
    const mp_float_t hertz = mp_obj_get_float(frequency);
    if (!(hertz > 0)) {
        mp_raise_ValueError(MP_ERROR_TEXT("freq must be positive"));
    }
    const mp_float_t period_ns = static_cast<mp_float_t>(kSecond) / hertz;
    if (period_ns >= static_cast<mp_float_t>(INT64_MAX)) {
        mp_raise_ValueError(MP_ERROR_TEXT("period too large"));
    }
    return static_cast<devices::Time>(period_ns);
}

devices::Time period_of_ticks(mp_int_t ticks, mp_int_t tick_hz) {
    if (ticks <= 0 || tick_hz <= 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("period and tick_hz must be positive"));
    }
    if (ticks > INT64_MAX / kSecond) {
        mp_raise_ValueError(MP_ERROR_TEXT("period too large"));
    }
    return ticks * kSecond / tick_hz;
}

devices::Time period_of(const TimerObject& timer, const mp_arg_val_t* values) {
    if (values[kFreq].u_obj != mp_const_none) {
        return period_of_frequency(values[kFreq].u_obj);
    }
    const bool keeps = devices::facts().flavour == devices::Flavour::stm32;
    if (values[kPeriod].u_int == kNoPeriod && keeps) {
        return timer.period_ns;
    }
    return period_of_ticks(values[kPeriod].u_int, values[kTickHz].u_int);
}

void start(TimerObject& timer, bool hard) {
    timer.timer = timer.before = devices::claim_timer(timer.before);
    if (timer.timer == devices::kNoTimer) {
        mp_raise_OSError(MP_ENOMEM);
    }
    timer.handler->context = hard ? devices::Context::hard : devices::facts().timers.context;
    heddle::mpy::attach(devices::line_of_timer(timer.timer), *timer.handler);
    devices::start_timer(timer.timer, timer.period_ns, timer.periodic);
}

void init(TimerObject& timer, size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    constexpr size_t kWithHard = MP_ARRAY_SIZE(kArguments);
    mp_arg_val_t values[kWithHard];
    values[kHard].u_bool = false;
    mp_arg_parse_all(n_args, args, keywords, devices::facts().timers.may_be_hard ? kWithHard : kWithHard - 1,
                     kArguments, values);
    timer.period_ns = period_of(timer, values);
    // The resolution of the board's clock.
    const devices::Time tick =
        is_esp32() || devices::facts().flavour == devices::Flavour::rp2 ? kMicrosecond : kMillisecond;
    timer.period_ns = timer.period_ns < tick ? tick : timer.period_ns / tick * tick;
    timer.periodic = values[kMode].u_int != 0;
    let_go(timer);
    if (values[kCallback].u_obj != MP_OBJ_NULL) {
        timer.handler->function = values[kCallback].u_obj;
    }
    if (timer.handler->function != mp_const_none) {
        start(timer, values[kHard].u_bool);
    }
}

int check_number(mp_int_t number) {
    if (!(number == -1 && devices::facts().virtual_timers) && !devices::has_timer(static_cast<int>(number))) {
        mp_raise_ValueError(is_esp32() ? MP_ERROR_TEXT("invalid Timer number")
                                       : MP_ERROR_TEXT("Timer doesn't exist"));
    }
    return static_cast<int>(number);
}

TimerObject* new_timer(const mp_obj_type_t* type, int number) {
    auto* timer = heddle::mpy::new_object<TimerObject>(type);
    timer->number = number;
    timer->handler = &heddle::mpy::make_handler(kKind, MP_OBJ_FROM_PTR(timer));
    timer->handler->argument = MP_OBJ_FROM_PTR(timer);
    return timer;
}

TimerObject* timer_numbered(const mp_obj_type_t* type, int number) {
    if (number < 0 || static_cast<std::size_t>(number) >= MP_ARRAY_SIZE(MP_STATE_VM(heddle_esp32_timers))) {
        return new_timer(type, number);
    }
    mp_obj_t& known = MP_STATE_VM(heddle_esp32_timers)[number];
    if (known == MP_OBJ_NULL) {
        known = MP_OBJ_FROM_PTR(new_timer(type, number));
    }
    return &timer_of(known);
}

}  // namespace

extern "C" {

mp_obj_t heddle_machine_timer_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw,
                                       const mp_obj_t* args) {
    if (is_esp32()) {
        mp_arg_check_num(n_args, n_kw, 1, MP_OBJ_FUN_ARGS_MAX, true);
    }
    int number = -1;
    if (n_args > 0) {
        number = check_number(mp_obj_get_int(args[0]));
        --n_args;
        ++args;
    }
    TimerObject* timer = timer_numbered(type, number);
    if (n_args > 0 || n_kw > 0) {
        mp_map_t keywords;
        mp_map_init_fixed_table(&keywords, n_kw, args + n_args);
        init(*timer, n_args, args, &keywords);
    }
    return MP_OBJ_FROM_PTR(timer);
}

void heddle_machine_timer_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    const TimerObject& timer = timer_of(self);
    const qstr mode = timer.periodic ? MP_QSTR_PERIODIC : MP_QSTR_ONE_SHOT;
    if (is_esp32()) {
        mp_printf(print, "Timer(%d, mode=%q, period=%lu)", timer.number, mode,
                  static_cast<unsigned long>(timer.period_ns / kMillisecond));
    } else if (devices::facts().flavour == devices::Flavour::rp2) {
        mp_printf(print, "Timer(mode=%q, tick_hz=1000000, period=%lu)", mode,
                  static_cast<unsigned long>(timer.period_ns / kMicrosecond));
    } else {
        mp_printf(print, "Timer(mode=%q, period=%lu)", mode,
                  static_cast<unsigned long>(timer.period_ns / kMillisecond));
    }
}

mp_obj_t heddle_machine_timer_init(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    init(timer_of(args[0]), n_args - 1, args + 1, keywords);
    return mp_const_none;
}

mp_obj_t heddle_machine_timer_deinit(mp_obj_t self) {
    let_go(timer_of(self));
    return mp_const_none;
}

mp_obj_t heddle_machine_timer_value(mp_obj_t self) {
    const TimerObject& timer = timer_of(self);
    if (timer.timer == devices::kNoTimer || !devices::is_running(timer.timer)) {
        return MP_OBJ_NEW_SMALL_INT(0);
    }
    const devices::Time left = devices::deadline_ns(timer.timer) - devices::now_ns();
    return mp_obj_new_int((timer.period_ns - left) / kMillisecond);
}

}  // extern "C"
