#include "mpy/pins.hpp"

#include <cstring>

#include "mpy/machine_pin.h"
#include "mpy/object.hpp"
#include "mpy/pin_argument.h"

MP_REGISTER_ROOT_POINTER(void* heddle_pins);
MP_REGISTER_ROOT_POINTER(void* heddle_board_pins);
MP_REGISTER_ROOT_POINTER(void* heddle_cpu_pins);

namespace heddle::mpy {
namespace {

using devices::Flavour;
using devices::PinId;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_number(const char* text) noexcept {
    while (is_digit(*text)) {
        ++text;
    }
    return *text == '\0';
}

/// C13 of the STM32, GPIO13 of the RP2040.
bool is_name_of_processor(const char* name) noexcept {
    if (devices::facts().flavour == Flavour::rp2) {
        return std::strncmp(name, "GPIO", 4) == 0 && is_number(name + 4);
    }
    return name[0] >= 'A' && name[0] <= 'K' && is_digit(name[1]) && is_number(name + 1);
}

const char* name_or_alias(PinId pin, std::size_t i) noexcept {
    return i == 0 ? devices::pin_name(pin) : devices::pin_alias(pin, i - 1);
}

const char* name_of_processor(PinId pin) noexcept {
    for (std::size_t i = 0; const char* name = name_or_alias(pin, i); ++i) {
        if (is_name_of_processor(name)) {
            return name;
        }
    }
    return devices::pin_name(pin);
}

const mp_obj_type_t* irq_type() noexcept {
    return devices::facts().flavour == Flavour::rp2 ? &heddle_rp2_irq_type : &heddle_esp32_irq_type;
}

void make_objects() {
    auto* objects = m_new(PinObject, devices::pins());
    MP_STATE_VM(heddle_pins) = objects;
    for (std::size_t i = 0; i < devices::pins(); ++i) {
        const auto id = static_cast<PinId>(i);
        objects[i] = {
            {pin_type()}, id, qstr_from_str(name_of_processor(id)), {{irq_type()}, objects + i, 0, 0}};
    }
}

void add_names(const PinObject& pin, mp_obj_t board, mp_obj_t processor) {
    const auto object = MP_OBJ_FROM_PTR(&pin);
    mp_obj_dict_store(processor, MP_OBJ_NEW_QSTR(pin.name), object);
    if (!devices::facts().named_pins) {
        return;
    }
    for (std::size_t i = 0; const char* name = name_or_alias(pin.id, i); ++i) {
        if (qstr_from_str(name) != pin.name) {
            mp_obj_dict_store(board, MP_OBJ_NEW_QSTR(qstr_from_str(name)), object);
        }
    }
}

void publish(mp_obj_t from, mp_obj_dict_t& to, void*& keep) {
    to.map = static_cast<mp_obj_dict_t*>(MP_OBJ_TO_PTR(from))->map;
    to.map.is_fixed = 1;
    keep = to.map.table;
}

PinObject* object_or_null(PinId pin) noexcept { return pin == devices::kNoPin ? nullptr : &pin_object(pin); }

PinObject* find_named(mp_obj_t name) {
    size_t length = 0;
    const char* text = mp_obj_str_get_data(name, &length);
    return object_or_null(devices::pin_named(text, length));
}

PinObject& find_rp2(mp_obj_t object) {
    PinObject* pin = nullptr;
    if (mp_obj_is_str(object)) {
        pin = find_named(object);
        if (pin == nullptr) {
            mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("unknown named pin \"%s\""),
                              mp_obj_str_get_str(object));
        }
    } else if (mp_obj_is_int(object)) {
        pin = object_or_null(devices::pin_numbered(mp_obj_get_int(object)));
    }
    if (pin == nullptr) {
        mp_raise_ValueError(MP_ERROR_TEXT("invalid pin"));
    }
    return *pin;
}

PinObject& find_esp32(mp_obj_t object) {
    PinObject* pin = nullptr;
    if (mp_obj_is_int(object)) {
        pin = object_or_null(devices::pin_numbered(mp_obj_get_int(object)));
    } else if (mp_obj_is_str(object) && devices::facts().named_pins) {
        pin = find_named(object);
    }
    if (pin == nullptr) {
        mp_raise_ValueError(MP_ERROR_TEXT("invalid pin"));
    }
    return *pin;
}

PinObject& find_stm32(mp_obj_t object) {
    PinObject* pin = find_mapped_pin(object);
    if (pin == nullptr) {
        pin = find_named(object);
    }
    if (pin == nullptr) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Pin(%s) doesn't exist"),
                          mp_obj_str_get_str(object));
    }
    return *pin;
}

}  // namespace

PinObject& pin_object(devices::PinId pin) noexcept {
    return static_cast<PinObject*>(MP_STATE_VM(heddle_pins))[pin];
}

const mp_obj_type_t* pin_type() noexcept {
    switch (devices::facts().flavour) {
        case Flavour::stm32:
            return &heddle_stm32_pin_type;
        case Flavour::rp2:
            return &heddle_rp2_pin_type;
        case Flavour::esp32:
            return &heddle_esp32_pin_type;
        case Flavour::pycom:
        case Flavour::unix:
            break;
    }
    return nullptr;
}

PinObject& find_pin(mp_obj_t object) {
    if (pin_type() == nullptr) {
        mp_raise_TypeError(MP_ERROR_TEXT("this board has no Pin(id)"));
    }
    if (mp_obj_is_type(object, pin_type())) {
        return object_of<PinObject>(object);
    }
    switch (devices::facts().flavour) {
        case Flavour::stm32:
            return find_stm32(object);
        case Flavour::rp2:
            return find_rp2(object);
        default:
            return find_esp32(object);
    }
}

int port_bit(const PinObject& pin) noexcept {
    const char* name = qstr_str(pin.name);
    if (!is_name_of_processor(name)) {
        return -1;
    }
    int bit = 0;
    for (; *name != '\0'; ++name) {
        bit = is_digit(*name) ? bit * 10 + (*name - '0') : 0;
    }
    return bit;
}

const PinNumbers& pin_numbers() noexcept {
    static constexpr PinNumbers kStm32 = {HEDDLE_STM32_PIN_IN,         HEDDLE_STM32_PIN_OUT,
                                          HEDDLE_STM32_PIN_OPEN_DRAIN, HEDDLE_STM32_PIN_PULL_UP,
                                          HEDDLE_STM32_PIN_PULL_DOWN,  HEDDLE_STM32_PIN_IRQ_RISING,
                                          HEDDLE_STM32_PIN_IRQ_FALLING};
    static constexpr PinNumbers kRp2 = {HEDDLE_RP2_PIN_IN,         HEDDLE_RP2_PIN_OUT,
                                        HEDDLE_RP2_PIN_OPEN_DRAIN, HEDDLE_RP2_PIN_PULL_UP,
                                        HEDDLE_RP2_PIN_PULL_DOWN,  HEDDLE_RP2_PIN_IRQ_RISING,
                                        HEDDLE_RP2_PIN_IRQ_FALLING};
    static constexpr PinNumbers kEsp32 = {HEDDLE_ESP32_PIN_IN,         HEDDLE_ESP32_PIN_OUT,
                                          HEDDLE_ESP32_PIN_OPEN_DRAIN, HEDDLE_ESP32_PIN_PULL_UP,
                                          HEDDLE_ESP32_PIN_PULL_DOWN,  HEDDLE_ESP32_PIN_IRQ_RISING,
                                          HEDDLE_ESP32_PIN_IRQ_FALLING};
    const Flavour flavour = devices::facts().flavour;
    return flavour == Flavour::stm32 ? kStm32 : flavour == Flavour::rp2 ? kRp2 : kEsp32;
}

mp_int_t number_of_mode(devices::PinMode mode) noexcept {
    const PinNumbers& numbers = pin_numbers();
    return mode == devices::PinMode::input    ? numbers.input
           : mode == devices::PinMode::output ? numbers.output
                                              : numbers.open_drain;
}

mp_int_t number_of_pull(devices::Pull pull) noexcept {
    return pull == devices::Pull::none ? 0
           : pull == devices::Pull::up ? pin_numbers().pull_up
                                       : pin_numbers().pull_down;
}

}  // namespace heddle::mpy

extern "C" {

void heddle_make_pins(void) {
    if (heddle::mpy::pin_type() == nullptr) {
        return;
    }
    heddle::mpy::make_objects();
    const mp_obj_t board = mp_obj_new_dict(0);
    const mp_obj_t processor = mp_obj_new_dict(0);
    for (std::size_t i = 0; i < heddle::devices::pins(); ++i) {
        heddle::mpy::add_names(heddle::mpy::pin_object(static_cast<heddle::devices::PinId>(i)), board,
                               processor);
    }
    heddle::mpy::publish(board, heddle_board_pins, MP_STATE_VM(heddle_board_pins));
    heddle::mpy::publish(processor, heddle_cpu_pins, MP_STATE_VM(heddle_cpu_pins));
}

uint16_t heddle_pin_of(mp_obj_t pin) { return heddle::mpy::find_pin(pin).id; }

}  // extern "C"
