// What a script's opcodes touch, one access a line on stderr: LINE, MODE, PLACE. With --lacking instead of a
// script: the built-in functions that the table of effects lacks.
#include <cstdio>
#include <cstring>

#include "board/profile.hpp"
#include "bytecode/access_calls.hpp"
#include "bytecode/accesses.hpp"
#include "host/interpreter.hpp"
#include "mpy/source_place.hpp"

extern "C" {
#include "host/upstream/vm_hooks.h"
}

namespace {

using namespace heddle::bytecode;

static_assert(!conflict(Mode::read, Mode::read) && !conflict(Mode::update, Mode::update));
static_assert(conflict(Mode::read, Mode::update) && conflict(Mode::update, Mode::read));
static_assert(conflict(Mode::update, Mode::write) && conflict(Mode::write, Mode::write));
static_assert(!conflict(Mode::look, Mode::look) && conflict(Mode::look, Mode::release));
static_assert(conflict(Mode::acquire, Mode::acquire) && conflict(Mode::try_acquire, Mode::release));

const char* script;

const char* name_of(Mode mode) noexcept {
    constexpr const char* kNames[] = {"read",        "update",  "write", "acquire", "acquire_for",
                                      "try_acquire", "release", "look",  "start"};
    return kNames[static_cast<std::size_t>(mode)];
}

void write(void*, const char* text, std::size_t length) { std::fwrite(text, 1, length, stderr); }

constexpr mp_print_t kPrint = {nullptr, write};

void step(const mp_code_state_t* code, const byte* ip, const mp_obj_t* sp) {
    const heddle::mpy::SourcePlace place = heddle::mpy::place_of(*code->fun_bc, ip);
    Accesses accesses;
    if (std::strcmp(place.file, script) != 0 || !accesses_of(code, ip, sp, accesses)) {
        return;
    }
    for (const Access& access : accesses) {
        if (access.kind == PlaceKind::anything) {
            continue;
        }
        std::fprintf(stderr, "%zu %s ", place.line, name_of(access.mode));
        print_place(access, &kPrint);
        std::fputs("\n", stderr);
    }
    if (accesses.unknown) {
        std::fprintf(stderr, "%zu unknown\n", place.line);
    }
}

void report_lacking(void*, const char* name, mp_obj_t object) noexcept {
    const bool is_exception = mp_obj_is_type(object, &mp_type_type) &&
                              mp_obj_is_subclass_fast(object, MP_OBJ_FROM_PTR(&mp_type_BaseException));
    if (!is_exception && effect_of_name(name) == nullptr) {
        std::printf("%s\n", name);
    }
}

void list_lacking(const mp_code_state_t*, const byte*, const mp_obj_t*) {
    heddle_vm_set_step(nullptr);
    visit_builtins(report_lacking, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::fprintf(stderr, "usage: %s SCRIPT [BOARD] | --lacking\n", argv[0]);
        return 2;
    }
    heddle::host::Program program;
    program.executable = argv[0];
    program.board = heddle::board::load_profile(argc == 3 ? argv[2] : "unix");
    const bool lacking = std::strcmp(argv[1], "--lacking") == 0;
    script = argv[1];
    program.source = lacking ? heddle::host::Source::command : heddle::host::Source::script;
    program.text = lacking ? "pass" : argv[1];
    heddle_vm_set_step(lacking ? list_lacking : step);
    return run_program(program);
}
