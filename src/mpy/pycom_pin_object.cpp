#include "mpy/pycom_pin_object.hpp"

#include <cstring>

// By pin; null as long as nobody has asked for it.
MP_REGISTER_ROOT_POINTER(void** heddle_pycom_pins);

namespace heddle::mpy {
namespace {

/// So that dir() knows them.
void intern_names(devices::PinId pin) {
    qstr_from_str(devices::pin_name(pin));
    for (std::size_t i = 0; devices::pin_alias(pin, i) != nullptr; ++i) {
        qstr_from_str(devices::pin_alias(pin, i));
    }
}

void** made_pins() {
    if (MP_STATE_VM(heddle_pycom_pins) == nullptr) {
        MP_STATE_VM(heddle_pycom_pins) = m_new0(void*, devices::pins());
        for (std::size_t i = 0; i < devices::pins(); ++i) {
            const auto pin = static_cast<devices::PinId>(i);
            devices::configure_pin(pin, devices::PinMode::input, devices::Pull::down);
            intern_names(pin);
        }
    }
    return MP_STATE_VM(heddle_pycom_pins);
}

}  // namespace

PycomPin& pycom_pin(devices::PinId pin) {
    void*& entry = made_pins()[pin];
    if (entry == nullptr) {
        auto* object = new_object<PycomPin>(&heddle_pycom_pin_type);
        object->pin = pin;
        object->name = qstr_from_str(devices::pin_name(pin));
        entry = object;
    }
    return *static_cast<PycomPin*>(entry);
}

void prepare_pycom_pins() { made_pins(); }

}  // namespace heddle::mpy

extern "C" {

void heddle_pin_names_print(const mp_print_t* print, mp_obj_t self, mp_print_kind_t) {
    mp_printf(print, "<class '%q'>",
              static_cast<qstr>(heddle::mpy::object_of<const heddle_pin_names_t>(self).name));
}

void heddle_pin_names_attr(mp_obj_t self, qstr attribute, mp_obj_t* destination) {
    namespace devices = heddle::devices;
    if (destination[0] != MP_OBJ_NULL) {
        return;
    }
    heddle::mpy::prepare_pycom_pins();
    const char* name = qstr_str(attribute);
    const devices::PinId pin = devices::pin_named(name, std::strlen(name));
    if (pin == devices::kNoPin) {
        return;
    }
    const bool is_alias = std::strcmp(devices::pin_name(pin), name) != 0;
    if (is_alias == heddle::mpy::object_of<const heddle_pin_names_t>(self).aliases) {
        destination[0] = MP_OBJ_FROM_PTR(&heddle::mpy::pycom_pin(pin));
    }
}

}  // extern "C"
