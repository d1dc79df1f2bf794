#include "mpy/pyb_timer.h"

#include "mpy/devices.hpp"
#include "mpy/handlers.hpp"
#include "mpy/object.hpp"
#include "mpy/pyb_divisors.hpp"

// By number, from 1: a timer has one object for good.
MP_REGISTER_ROOT_POINTER(void* heddle_pyb_timers[14]);

namespace {

namespace devices = heddle::devices;
using heddle::mpy::Counting;
using heddle::mpy::Divisors;
using heddle::mpy::Handler;
using heddle::mpy::HandlerKind;
using heddle::mpy::HardwareCounter;
using heddle::mpy::object_of;

constexpr mp_int_t kMostTimers = 14;

// As the board takes an argument that is not given.
constexpr mp_int_t kNotGiven = 0xffffffff;

struct PybTimer {
    mp_obj_base_t base;
    int number = 0;
    bool is_clocked = false;  // until the first init() the registers take nothing
    bool is_ready = false;    // from init() to deinit()
    HardwareCounter counter;
    unsigned div = 1;
    unsigned deadtime = 0;
    mp_int_t brk = HEDDLE_PYB_BRK_OFF;
    devices::TimerId timer = devices::kNoTimer;
    Handler* handler = nullptr;
};

PybTimer& timer_of(mp_obj_t self) { return object_of<PybTimer>(self); }

/// Only these two can drive pairs of outputs.
bool is_advanced(const PybTimer& timer) { return timer.number == 1 || timer.number == 8; }

std::uint32_t highest(const PybTimer& timer) {
    return timer.number == 2 || timer.number == 5 ? UINT32_MAX : UINT16_MAX;
}

/// Timers 1 and 8 to 11 are on the faster of the two buses.
std::uint32_t source_hz(mp_int_t number) {
    return number == 1 || (number >= 8 && number <= 11) ? 168'000'000 : 84'000'000;
}

/// Interrupts at each update from now on, if there is anybody to call.
void arm(PybTimer& timer) {
    devices::stop_timer(timer.timer);
    if (timer.counter.is_running() && timer.handler->function != mp_const_none) {
        timer.counter.advance(devices::now_ns());
        devices::start_timer_from(timer.timer, timer.counter.last_update_ns(), timer.counter.interval_ns());
    }
}

/// New divisors come into force at an update; then the next ones are due at other times. Returns the time.
devices::Time pass_updates(PybTimer& timer) {
    const devices::Time now = devices::now_ns();
    if (timer.counter.advance(now) && timer.handler->function != mp_const_none) {
        devices::start_timer_from(timer.timer, timer.counter.last_update_ns(), timer.counter.interval_ns());
    }
    return now;
}

void set_divisors(PybTimer& timer, Divisors divisors) {
    if (timer.is_clocked) {
        pass_updates(timer);
        timer.counter.set_divisors(divisors);
    }
}

void set_callback(PybTimer& timer, mp_obj_t callback) {
    if (callback != mp_const_none && !mp_obj_is_callable(callback)) {
        mp_raise_ValueError(MP_ERROR_TEXT("callback must be None or a callable object"));
    }
    timer.handler->function = callback;
    if (callback != mp_const_none && timer.is_clocked) {
        timer.counter.go_on(devices::now_ns());
    }
    arm(timer);
}

const HandlerKind kKind = {
    .print_failure =
        [](const Handler& handler, const mp_print_t* print) {
            mp_printf(print, "uncaught exception in Timer(%d) interrupt handler",
                      timer_of(handler.device).number);
        },
    .failed = [](Handler& handler) { devices::stop_timer(timer_of(handler.device).timer); },
    .fired = [](Handler& handler) { pass_updates(timer_of(handler.device)); },
};

enum { kFreq, kPrescaler, kPeriod, kTickHz, kMode, kDiv, kCallback, kDeadtime, kBrk };

const mp_arg_t kArguments[] = {
    {MP_QSTR_freq, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_prescaler, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = kNotGiven}},
    {MP_QSTR_period, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = kNotGiven}},
    {MP_QSTR_tick_hz, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = 1000}},
    {MP_QSTR_mode, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = HEDDLE_PYB_UP}},
    {MP_QSTR_div, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = 1}},
    {MP_QSTR_callback, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    {MP_QSTR_deadtime, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = 0}},
    {MP_QSTR_brk, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = HEDDLE_PYB_BRK_OFF}},
};

Divisors divisors_of(const PybTimer& timer, const mp_arg_val_t* values) {
    const std::uint32_t source = timer.counter.source_hz();
    if (values[kFreq].u_obj != mp_const_none) {
        return heddle::mpy::divisors_of_frequency(source, highest(timer), values[kFreq].u_obj);
    }
    if (values[kPeriod].u_int == kNotGiven) {
        mp_raise_TypeError(MP_ERROR_TEXT("must specify either freq, period, or prescaler and period"));
    }
    if (values[kPrescaler].u_int == kNotGiven) {
        return heddle::mpy::divisors_of_period(source, highest(timer), values[kPeriod].u_int,
                                               values[kTickHz].u_int);
    }
    return {heddle::mpy::check_prescaler(values[kPrescaler].u_int),
            heddle::mpy::check_period(values[kPeriod].u_int, highest(timer))};
}

Counting counting_of(mp_int_t mode) {
    if (mode < 0 || mode > HEDDLE_PYB_CENTER_LAST || mode == 0x30 || mode == 0x50 || mode % 0x10 != 0) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("invalid mode (%d)"), static_cast<int>(mode));
    }
    return mode == HEDDLE_PYB_UP ? Counting::up : mode == HEDDLE_PYB_DOWN ? Counting::down : Counting::center;
}

void init(PybTimer& timer, size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    mp_arg_val_t values[MP_ARRAY_SIZE(kArguments)];
    mp_arg_parse_all(n_args, args, keywords, MP_ARRAY_SIZE(kArguments), kArguments, values);
    const Divisors divisors = divisors_of(timer, values);
    const Counting counting = counting_of(values[kMode].u_int);
    timer.div =
        values[kDiv].u_int == 2 || values[kDiv].u_int == 4 ? static_cast<unsigned>(values[kDiv].u_int) : 1;
    timer.deadtime = heddle::mpy::deadtime_of_ticks(values[kDeadtime].u_int);
    timer.brk = values[kBrk].u_int;
    timer.is_clocked = timer.is_ready = true;
    timer.counter.start(divisors, counting, devices::now_ns());
    if (values[kCallback].u_obj == mp_const_none) {
        arm(timer);  // who was called before is called on
    } else {
        set_callback(timer, values[kCallback].u_obj);
    }
}

int check_number(mp_int_t number) {
    if (number < 1 || number > kMostTimers || number > devices::facts().last_timer) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Timer(%d) doesn't exist"),
                          static_cast<int>(number));
    }
    if (!devices::has_timer(static_cast<int>(number))) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Timer(%d) is reserved"),
                          static_cast<int>(number));
    }
    return static_cast<int>(number);
}

void* make_timer(const mp_obj_type_t* type, int number) {
    auto* timer = heddle::mpy::new_object<PybTimer>(type);
    timer->number = number;
    timer->counter = HardwareCounter(source_hz(number));
    timer->timer = devices::claim_timer();
    if (timer->timer == devices::kNoTimer) {
        mp_raise_OSError(MP_ENOMEM);
    }
    const devices::HandlerFacts& facts = devices::facts().hardware_timers;
    devices::set_priority(devices::line_of_timer(timer->timer), facts.priority);
    timer->handler = &heddle::mpy::attach(devices::line_of_timer(timer->timer), kKind, facts.context,
                                          MP_OBJ_FROM_PTR(timer));
    timer->handler->argument = MP_OBJ_FROM_PTR(timer);
    return timer;
}

const char* name_of(Counting counting) {
    return counting == Counting::up ? "UP" : counting == Counting::down ? "DOWN" : "CENTER";
}

}  // namespace

extern "C" {

mp_obj_t heddle_pyb_timer_make_new(const mp_obj_type_t* type, size_t n_args, size_t n_kw,
                                   const mp_obj_t* args) {
    mp_arg_check_num(n_args, n_kw, 1, MP_OBJ_FUN_ARGS_MAX, true);
    const int number = check_number(mp_obj_get_int(args[0]));
    void*& timer = MP_STATE_VM(heddle_pyb_timers)[number - 1];
    if (timer == nullptr) {
        timer = make_timer(type, number);
    }
    if (n_args > 1 || n_kw > 0) {
        mp_map_t keywords;
        mp_map_init_fixed_table(&keywords, n_kw, args + n_args);
        init(*static_cast<PybTimer*>(timer), n_args - 1, args + 1, &keywords);
    }
    return MP_OBJ_FROM_PTR(timer);
}

void heddle_pyb_timer_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    const PybTimer& timer = timer_of(self);
    if (!timer.is_ready) {
        mp_printf(print, "Timer(%d)", timer.number);
        return;
    }
    const Divisors divisors = timer.counter.divisors();
    const std::uint64_t divisor =
        (std::uint64_t{divisors.prescaler} + 1) * (std::uint64_t{divisors.period} + 1);
    mp_printf(print, "Timer(%d, freq=%u, prescaler=%u, period=%u, mode=%s, div=%u", timer.number,
              static_cast<unsigned>(timer.counter.source_hz() / divisor),
              static_cast<unsigned>(divisors.prescaler), static_cast<unsigned>(divisors.period),
              name_of(timer.counter.counting()), timer.div);
    if (is_advanced(timer)) {
        mp_printf(print, ", deadtime=%u, brk=%s", timer.deadtime,
                  timer.brk == HEDDLE_PYB_BRK_OFF   ? "BRK_OFF"
                  : timer.brk == HEDDLE_PYB_BRK_LOW ? "BRK_LOW"
                                                    : "BRK_HIGH");
    }
    mp_print_str(print, ")");
}

mp_obj_t heddle_pyb_timer_init(size_t n_args, const mp_obj_t* args, mp_map_t* keywords) {
    init(timer_of(args[0]), n_args - 1, args + 1, keywords);
    return mp_const_none;
}

mp_obj_t heddle_pyb_timer_deinit(mp_obj_t self) {
    PybTimer& timer = timer_of(self);
    set_callback(timer, mp_const_none);
    timer.counter.stop(devices::now_ns());
    timer.is_ready = false;
    return mp_const_none;
}

mp_obj_t heddle_pyb_timer_callback(mp_obj_t self, mp_obj_t callback) {
    set_callback(timer_of(self), callback);
    return mp_const_none;
}

mp_obj_t heddle_pyb_timer_counter(size_t n_args, const mp_obj_t* args) {
    PybTimer& timer = timer_of(args[0]);
    const devices::Time now = pass_updates(timer);
    if (n_args == 1) {
        return mp_obj_new_int_from_uint(timer.counter.value(now));
    }
    const std::uint32_t value =
        heddle::mpy::check_counter(mp_obj_get_int(args[1]), timer.counter.divisors().period);
    if (timer.is_clocked) {
        timer.counter.set_value(value, now);
        arm(timer);
    }
    return mp_const_none;
}

mp_obj_t heddle_pyb_timer_source_freq(mp_obj_t self) {
    return mp_obj_new_int_from_uint(timer_of(self).counter.source_hz());
}

mp_obj_t heddle_pyb_timer_freq(size_t n_args, const mp_obj_t* args) {
    PybTimer& timer = timer_of(args[0]);
    const std::uint32_t source = timer.counter.source_hz();
    if (n_args == 1) {
        return heddle::mpy::frequency_of(source, timer.counter.divisors());
    }
    set_divisors(timer, heddle::mpy::divisors_of_frequency(source, highest(timer), args[1]));
    return mp_const_none;
}

mp_obj_t heddle_pyb_timer_prescaler(size_t n_args, const mp_obj_t* args) {
    PybTimer& timer = timer_of(args[0]);
    const Divisors divisors = timer.counter.divisors();
    if (n_args == 1) {
        return mp_obj_new_int_from_uint(divisors.prescaler);
    }
    set_divisors(timer, {heddle::mpy::check_prescaler(mp_obj_get_int(args[1])), divisors.period});
    return mp_const_none;
}

mp_obj_t heddle_pyb_timer_period(size_t n_args, const mp_obj_t* args) {
    PybTimer& timer = timer_of(args[0]);
    const Divisors divisors = timer.counter.divisors();
    if (n_args == 1) {
        return mp_obj_new_int_from_uint(divisors.period);
    }
    set_divisors(timer,
                 {divisors.prescaler, heddle::mpy::check_period(mp_obj_get_int(args[1]), highest(timer))});
    return mp_const_none;
}

}  // extern "C"
