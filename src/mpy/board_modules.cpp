#include "mpy/board_modules.h"

#include <cstring>

#include "mpy/devices.hpp"
#include "mpy/handlers.hpp"
#include "mpy/machine_pin.h"
#include "mpy/micropython.hpp"

namespace {

namespace devices = heddle::devices;

bool has(const heddle_face_t& face, const char* module) {
    const auto flavour = static_cast<unsigned>(devices::facts().flavour);
    return std::strcmp(face.module, module) == 0 && (face.flavours >> flavour & 1U) != 0 &&
           devices::offers(module, qstr_str(face.name));
}

/// What a program cannot change, as in a module that a board has in its flash.
void make_module(qstr name, qstr old_name) {
    auto* module = static_cast<mp_obj_module_t*>(MP_OBJ_TO_PTR(mp_obj_new_module(name)));
    const mp_obj_t globals = MP_OBJ_FROM_PTR(module->globals);
    for (std::size_t i = 0; i < heddle_face_count; ++i) {
        const heddle_face_t& face = heddle_faces[i];
        if (has(face, qstr_str(name))) {
            mp_obj_dict_store(globals, MP_OBJ_NEW_QSTR(face.name), mp_obj_t(face.object));
        }
    }
    module->globals->map.is_fixed = 1;
    mp_obj_dict_store(MP_OBJ_FROM_PTR(&MP_STATE_VM(mp_loaded_modules_dict)), MP_OBJ_NEW_QSTR(old_name),
                      MP_OBJ_FROM_PTR(module));
}

}  // namespace

extern "C" void heddle_make_board_modules(void) {
    const devices::Flavour flavour = devices::facts().flavour;
    heddle_make_pins();
    if (flavour == devices::Flavour::unix) {
        return;
    }
    heddle::mpy::make_handler_table();
    make_module(MP_QSTR_machine, MP_QSTR_umachine);
    if (flavour == devices::Flavour::stm32) {
        make_module(MP_QSTR_pyb, MP_QSTR_pyb);
    }
    if (devices::facts().interrupt_queue != 0) {
        heddle::mpy::start_interrupt_thread();
    }
}
