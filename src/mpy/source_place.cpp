#include "mpy/source_place.hpp"

namespace heddle::mpy {

// Before the opcodes of a function lie: what its frame needs, how long the next two are, the names of the
// function and of its arguments with the lines, and the cells.
SourcePlace place_of(const mp_obj_fun_bc_t& function, const byte* ip) noexcept {
    const byte* at = function.bytecode;
    MP_BC_PRELUDE_SIG_DECODE(at);
    MP_BC_PRELUDE_SIZE_DECODE(at);
    const byte* const end_of_lines = at + n_info;
    const byte* const opcodes = end_of_lines + n_cell;
    const mp_uint_t name = mp_decode_uint(&at);
    for (std::size_t argument = 0; argument < n_pos_args + n_kwonly_args; ++argument) {
        at = mp_decode_uint_skip(at);
    }
    const std::size_t offset = ip == nullptr ? 0 : static_cast<std::size_t>(ip - opcodes);
    const qstr_short_t* names = function.context->constants.qstr_table;
    return {.file = qstr_str(names[0]),
            .line = mp_bytecode_get_source_line(at, end_of_lines, offset),
            .function = qstr_str(names[name])};
}

}  // namespace heddle::mpy
