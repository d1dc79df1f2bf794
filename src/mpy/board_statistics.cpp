// What `heddle.board` tells of any board, simulated or not.
#include "mpy/devices.hpp"
#include "mpy/heddle_module.h"
#include "mpy/micropython.hpp"

namespace devices = heddle::devices;

extern "C" {

mp_obj_t heddle_board_statistics(void) {
    static const qstr kNames[] = {MP_QSTR_fired, MP_QSTR_late, MP_QSTR_dropped, MP_QSTR_deferred};
    const devices::Statistics sums = devices::statistics();
    const mp_obj_t values[] = {
        mp_obj_new_int_from_ull(sums.fired),
        mp_obj_new_int_from_ull(sums.late),
        mp_obj_new_int_from_ull(sums.dropped),
        mp_obj_new_int_from_ull(sums.deferred),
    };
    return mp_obj_new_attrtuple(kNames, MP_ARRAY_SIZE(kNames), values);
}

// `board.name`, which no static table can have.
mp_obj_t heddle_board_getattr(mp_obj_t name) {
    if (name != MP_OBJ_NEW_QSTR(MP_QSTR_name)) {
        mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("'module' object has no attribute '%q'"),
                          mp_obj_str_get_qstr(name));
    }
    return mp_obj_new_str_from_cstr(devices::facts().name);
}

}  // extern "C"
