// Stands in.
#include "host/accesses.hpp"
#include "mpy/mutex_module.h"
#include "mpy/thread_module.h"
extern "C" {
#include "py/bc0.h"
#include "py/objfun.h"
}
namespace heddle::host {
bool conflict(Mode, Mode) noexcept { return true; }
static mp_uint_t uarg(const byte*& p) { mp_uint_t u = 0; do { u = (u << 7) + (*p & 0x7f); } while (*p++ & 0x80); return u; }
bool accesses_of(const mp_code_state_t* code, const byte* ip0, const mp_obj_t* sp, Accesses& out) noexcept {
    const byte* ip = ip0 + 1;
    out.count = 0; out.unknown = false;
    auto add = [&](std::uint64_t p, Mode m, PlaceKind k, const void* o) { out.list[out.count++] = {p, m, k, o, MP_OBJ_NULL}; };
    switch (*ip0) {
        case MP_BC_LOAD_GLOBAL: case MP_BC_STORE_GLOBAL: {
            qstr q = code->fun_bc->context->constants.qstr_table[uarg(ip)];
            if (*ip0 == MP_BC_LOAD_GLOBAL) {
                if (mp_map_lookup(&mp_globals_get()->map, MP_OBJ_NEW_QSTR(q), MP_MAP_LOOKUP) == nullptr) return false;
            }
            add(q * 0x9E3779B97F4A7C15ull, *ip0 == MP_BC_LOAD_GLOBAL ? Mode::read : Mode::write, PlaceKind::global, mp_globals_get());
            return true;
        }
        case MP_BC_SETUP_WITH:
            if (mp_obj_is_type(sp[0], &heddle_lock_type)) { add((std::uint64_t)sp[0], Mode::acquire, PlaceKind::lock, sp[0]); return true; }
            return false;
        default: return false;
    }
}
void print_place(const Access&, const mp_print_t*) noexcept {}
}
