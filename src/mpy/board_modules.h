// The modules that a board has, and what is in them.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#include "py/obj.h"

enum {
    HEDDLE_STM32 = 1 << 1,  // the bits are those of heddle::devices::Flavour
    HEDDLE_RP2 = 1 << 2,
    HEDDLE_ESP32 = 1 << 3,
    HEDDLE_PYCOM = 1 << 4,
    HEDDLE_ALL = HEDDLE_STM32 | HEDDLE_RP2 | HEDDLE_ESP32 | HEDDLE_PYCOM,
};

// What boards of `flavours` have under `name` in `module`, if the board offers it.
typedef struct _heddle_face_t {
    const char* module;
    uint16_t name;
    uint8_t flavours;
    mp_rom_obj_t object;
} heddle_face_t;

extern const heddle_face_t heddle_faces[];
extern const size_t heddle_face_count;

// Makes the board's modules, so that an import finds them. Once, after mp_init(). Raises MemoryError.
void heddle_make_board_modules(void);

#ifdef __cplusplus
}
#endif
