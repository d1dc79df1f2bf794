#include "mpy/pyb_divisors.hpp"

namespace heddle::mpy {
namespace {

constexpr std::uint64_t kMostPrescaler = 0x10000;

/// As factors: one more than what the registers hold.
struct Factors {
    std::uint64_t prescaler;
    std::uint64_t period;
};

[[noreturn]] void raise_too_low() { mp_raise_ValueError(MP_ERROR_TEXT("freq too low for this timer")); }

Divisors as_registers(Factors factors) {
    if (factors.period < 2) {
        // With 0 in the period register the counter stands still.
        mp_raise_ValueError(MP_ERROR_TEXT("freq too high for this timer"));
    }
    return {static_cast<std::uint32_t>(factors.prescaler - 1),
            static_cast<std::uint32_t>(factors.period - 1)};
}

Factors factors_of_float(std::uint32_t source_hz, float frequency) {
    std::uint64_t prescaler = 1;
    while (frequency < 1 && prescaler < 6553) {
        prescaler *= 10;
        frequency *= 10.0F;
    }
    const float period = static_cast<float>(source_hz) / frequency;
    if (!(period < static_cast<float>(UINT32_MAX))) {
        raise_too_low();
    }
    return {prescaler, static_cast<std::uint64_t>(period)};
}

Factors factors_of(std::uint32_t source_hz, mp_obj_t frequency) {
    const bool is_float = mp_obj_is_float(frequency);
    if (is_float ? !(mp_obj_get_float(frequency) > 0) : mp_obj_get_int(frequency) <= 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("must have positive freq"));
    }
    if (is_float) {
        return factors_of_float(source_hz, static_cast<float>(mp_obj_get_float(frequency)));
    }
    return {1, source_hz / static_cast<std::uint64_t>(mp_obj_get_int(frequency))};
}

void divide_by(Factors& factors, unsigned divisor) {
    factors.prescaler *= divisor;
    factors.period /= divisor;
}

}  // namespace

Divisors divisors_of_frequency(std::uint32_t source_hz, std::uint32_t most, mp_obj_t frequency) {
    Factors factors = factors_of(source_hz, frequency);
    while (factors.period > most) {
        divide_by(factors, factors.period % 5 == 0 ? 5 : factors.period % 3 == 0 ? 3 : 2);
    }
    if (factors.prescaler > kMostPrescaler) {
        raise_too_low();
    }
    return as_registers(factors);
}

Divisors divisors_of_period(std::uint32_t source_hz, std::uint32_t most, mp_int_t ticks, mp_int_t tick_hz) {
    if (ticks <= 0 || tick_hz <= 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("must have positive freq"));
    }
    if (ticks > INT32_MAX || tick_hz > INT32_MAX) {
        mp_raise_ValueError(MP_ERROR_TEXT("period and tick_hz must be less than 2**31"));
    }
    Factors factors = {1,
                       source_hz * static_cast<std::uint64_t>(ticks) / static_cast<std::uint64_t>(tick_hz)};
    while (factors.period > most) {
        if (factors.prescaler <= kMostPrescaler / 5 && factors.period % 5 == 0) {
            divide_by(factors, 5);
        } else if (factors.prescaler <= kMostPrescaler / 3 && factors.period % 3 == 0) {
            divide_by(factors, 3);
        } else {
            const std::uint64_t lost = factors.period % 2;
            divide_by(factors, 2);
            factors.prescaler |= factors.period < factors.prescaler ? lost : 0;
        }
        if (factors.prescaler > kMostPrescaler) {
            mp_raise_ValueError(MP_ERROR_TEXT("period too large"));
        }
    }
    return as_registers(factors);
}

mp_obj_t frequency_of(std::uint32_t source_hz, Divisors divisors) {
    const std::uint64_t divisor =
        (std::uint64_t{divisors.prescaler} + 1) * (std::uint64_t{divisors.period} + 1);
    if (source_hz % divisor == 0) {
        return mp_obj_new_int_from_ull(source_hz / divisor);
    }
    return mp_obj_new_float(static_cast<mp_float_t>(source_hz) / static_cast<mp_float_t>(divisor));
}

std::uint32_t check_prescaler(mp_int_t prescaler) {
    if (prescaler < 0 || prescaler >= static_cast<mp_int_t>(kMostPrescaler)) {
        mp_raise_ValueError(MP_ERROR_TEXT("prescaler must be 0 to 0xffff"));
    }
    return static_cast<std::uint32_t>(prescaler);
}

std::uint32_t check_period(mp_int_t period, std::uint32_t most) {
    if (period < 1 || period > static_cast<mp_int_t>(most)) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("period must be 1 to 0x%x"),
                          static_cast<unsigned>(most));
    }
    return static_cast<std::uint32_t>(period);
}

std::uint32_t check_counter(mp_int_t value, std::uint32_t period) {
    if (value < 0 || value > static_cast<mp_int_t>(period)) {
        mp_raise_ValueError(MP_ERROR_TEXT("counter must be 0 to the period"));
    }
    return static_cast<std::uint32_t>(value);
}

// To 128 each tick, then every second, eighth and sixteenth.
unsigned deadtime_of_ticks(mp_int_t ticks) noexcept {
    constexpr mp_int_t kMost = 1008;
    const mp_int_t least = ticks < 0 ? 0 : ticks > kMost ? kMost : ticks;
    const mp_int_t step = least < 128 ? 1 : least < 256 ? 2 : least < 512 ? 8 : 16;
    return static_cast<unsigned>(least / step * step);
}

}  // namespace heddle::mpy
