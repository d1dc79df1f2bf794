// The interpreter's hooks, and what is left of py/profile.c, which is not built.
#include "host/upstream/vm_hooks.h"

#include "host/upstream/hold.h"

#include "py/bc.h"
#include "py/runtime.h"

uint8_t heddle_vm_hooked;
heddle_vm_step_t heddle_vm_step;
bool heddle_next_comparison_unheld;
mp_obj_frame_t heddle_vm_frame = {.callback = MP_ROM_TRUE};

void heddle_vm_set_step(heddle_vm_step_t step) {
    heddle_vm_step = step;
    heddle_vm_hooked = 1;
}

uint mp_prof_bytecode_lineno(const mp_raw_code_t* code, size_t offset) {
    return mp_bytecode_get_source_line(code->prelude.line_info, code->prelude.line_info_top, offset);
}

void mp_prof_extract_prelude(const byte* bytecode, mp_bytecode_prelude_t* prelude) {
    const byte* ip = bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    prelude->n_state = n_state;
    prelude->n_exc_stack = n_exc_stack;
    prelude->scope_flags = scope_flags;
    prelude->n_pos_args = n_pos_args;
    prelude->n_kwonly_args = n_kwonly_args;
    prelude->n_def_pos_args = n_def_pos_args;
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    prelude->line_info_top = ip + n_info;
    prelude->opcodes = ip + n_info + n_cell;
    prelude->qstr_block_name_idx = mp_decode_uint_value(ip);
    for (size_t names = 0; names < 1 + n_pos_args + n_kwonly_args; ++names) {
        ip = mp_decode_uint_skip(ip);
    }
    prelude->line_info = ip;
}
