#include "mpy/pyb_led.h"

#include <array>

#include "base/state.h"
#include "mpy/devices.hpp"
#include "mpy/object.hpp"

namespace {

namespace devices = heddle::devices;

constexpr int kBrightest = 255;

// Between off and on, for the two LEDs whose pins a timer can dim; 0: the pin alone says it.
HEDDLE_STATE std::array<std::uint8_t, HEDDLE_MOST_LEDS> dimmed{};

int number_of(mp_obj_t self) { return heddle::mpy::object_of<const heddle_pyb_led_t>(self).number; }

devices::PinId pin_of(int number) { return devices::led_pin(static_cast<std::size_t>(number - 1)); }

std::uint8_t& dimmed_of(int number) { return dimmed[static_cast<std::size_t>(number - 1)]; }

bool can_be_dimmed(int number) { return number == 3 || number == 4; }

bool is_on(int number) { return devices::pin_output(pin_of(number)) != devices::facts().led_active_low; }

void light(int number, bool on) {
    dimmed_of(number) = 0;
    devices::write_pin(pin_of(number), on != devices::facts().led_active_low);
}

int intensity_of(int number) {
    if (dimmed_of(number) != 0) {
        return dimmed_of(number);
    }
    return is_on(number) ? kBrightest : 0;
}

void set_intensity(int number, mp_int_t intensity) {
    light(number, intensity > 0);
    if (can_be_dimmed(number) && intensity > 0 && intensity < kBrightest) {
        dimmed_of(number) = static_cast<std::uint8_t>(intensity);
    }
}

/// The board does this when it starts.
void make_output(int number) {
    const devices::PinId pin = pin_of(number);
    if (devices::pin_mode(pin) == devices::PinMode::input) {
        light(number, false);
        devices::configure_pin(pin, devices::PinMode::output, devices::Pull::none);
    }
}

}  // namespace

extern "C" {

mp_obj_t heddle_pyb_led_make_new(const mp_obj_type_t*, size_t n_args, size_t n_kw, const mp_obj_t* args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    const mp_int_t number = mp_obj_get_int(args[0]);
    if (number < 1 || number > static_cast<mp_int_t>(devices::facts().leds) || number > HEDDLE_MOST_LEDS) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("LED(%d) doesn't exist"),
                          static_cast<int>(number));
    }
    make_output(static_cast<int>(number));
    return MP_OBJ_FROM_PTR(&heddle_pyb_leds[number - 1]);
}

void heddle_pyb_led_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    mp_printf(print, "LED(%d)", number_of(self));
}

mp_obj_t heddle_pyb_led_on(mp_obj_t self) {
    light(number_of(self), true);
    return mp_const_none;
}

mp_obj_t heddle_pyb_led_off(mp_obj_t self) {
    light(number_of(self), false);
    return mp_const_none;
}

mp_obj_t heddle_pyb_led_toggle(mp_obj_t self) {
    light(number_of(self), intensity_of(number_of(self)) == 0);
    return mp_const_none;
}

mp_obj_t heddle_pyb_led_intensity(size_t n_args, const mp_obj_t* args) {
    const int number = number_of(args[0]);
    if (n_args == 1) {
        return MP_OBJ_NEW_SMALL_INT(intensity_of(number));
    }
    set_intensity(number, mp_obj_get_int(args[1]));
    return mp_const_none;
}

}  // extern "C"
