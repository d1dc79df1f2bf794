#include "mpy/source_place.hpp"

namespace heddle::mpy {

SourcePlace place_of(const mp_obj_fun_bc_t& function, const byte* ip) noexcept {
    mp_bytecode_prelude_t prelude;
    mp_prof_extract_prelude(function.bytecode, &prelude);
    const qstr_short_t* names = function.context->constants.qstr_table;
    const std::size_t offset = ip == nullptr ? 0 : static_cast<std::size_t>(ip - prelude.opcodes);
    return {.file = qstr_str(names[0]),
            .line = mp_bytecode_get_source_line(prelude.line_info, prelude.line_info_top, offset),
            .function = qstr_str(names[prelude.qstr_block_name_idx])};
}

}  // namespace heddle::mpy
