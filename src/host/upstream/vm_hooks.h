// Between the interpreter's loop and host/vm_hooks.c.
#pragma once

#include <stdint.h>

#include "py/bc.h"
#include "py/profile.h"

// Nonzero: heddle_vm_tick() is called before every opcode. Set by a signal handler too.
extern volatile uint8_t heddle_vm_hooked;

// What a frame's hook field points at; says that the frame is traced.
extern mp_obj_frame_t heddle_vm_frame;

void heddle_vm_tick(mp_code_state_t* code_state, const byte* ip, mp_obj_t* sp);
