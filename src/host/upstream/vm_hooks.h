// Between the interpreter's loop and host/vm_hooks.c.
#pragma once

#include <stdint.h>

#include "py/bc.h"
#include "py/profile.h"

// Nonzero: heddle_vm_tick() is called before every opcode. Set by a signal handler too, and plain all the
// same: the loop reads it after an indirect jump, which no compiler carries it over, and a volatile one costs
// an instruction more at each of its two reads an opcode.
extern uint8_t heddle_vm_hooked;

// What a frame's hook field points at; says that the frame is traced.
extern mp_obj_frame_t heddle_vm_frame;

// Called before every opcode while it is set, with the interpreter's own sp.
typedef void (*heddle_vm_step_t)(const mp_code_state_t* code_state, const byte* ip, const mp_obj_t* sp);
extern heddle_vm_step_t heddle_vm_step;

// Null: no more steps.
void heddle_vm_set_step(heddle_vm_step_t step);

void heddle_vm_tick(mp_code_state_t* code_state, const byte* ip, mp_obj_t* sp);
